import { describe, expect, it } from '@jest/globals';
import { contactFaults } from './contact-input.ts';

const codes = (typed: Parameters<typeof contactFaults>[0]) => contactFaults(typed).map(({ code, field }) => `${field?.at(-1)} ${code}`);

describe('what is typed about a contact', () => {
  it('is right when every part is', () => {
    expect(
      codes({
        email: 'Ana.Souza+rm@acme.example',
        name: 'Ana Souza',
        phone: '+55 (11) 5555-0000',
        language: 'es',
        timeZone: 'America/Manaus',
      }),
    ).toEqual([]);
  });

  it('is judged only where something was typed', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ phone: null, language: null, timeZone: null })).toEqual([]);
  });

  it('gets all its faults at once', () => {
    expect(codes({ email: 'ana', name: ' ', phone: 'call me', language: 'fr', timeZone: 'Mars/Olympus' })).toEqual([
      'email NOT_AN_EMAIL',
      'name REQUIRED',
      'phone BAD_USER_INPUT',
      'language BAD_USER_INPUT',
      'timeZone BAD_USER_INPUT',
    ]);
  });

  it.each(['', '   '])('needs an e-mail address, not %j', (email) => {
    expect(codes({ email })).toEqual(['email REQUIRED']);
  });

  it.each([
    'ana@acme',
    'ana acme@x.example',
    'a@b@c.example',
    'ana@-acme.example',
    `${'a'.repeat(65)}@acme.example`,
    'ána@acme.example',
    'ana@acme.example\u0000',
    'ana@acme.example\nbcc: x@y.example',
  ])('refuses %j as an e-mail address', (email) => {
    expect(codes({ email })).toEqual(['email NOT_AN_EMAIL']);
  });

  it.each(['Ana\u0000', 'Ana\nSouza', 'Ana \u202eazuoS', '\ud800'])('refuses the name %j, which cannot stand in one line', (name) => {
    expect(codes({ name })).toEqual(['name BAD_USER_INPUT']);
  });

  it('says how long a name may be', () => {
    expect(contactFaults({ name: 'a'.repeat(121) })).toEqual([
      { code: 'TOO_LONG', field: ['input', 'name'], params: { max: 120, length: 121 } },
    ]);
  });

  it.each(['+03:00', 'Z'.repeat(65), ''])('refuses the time zone %j', (timeZone) => {
    expect(codes({ timeZone })).toEqual(['timeZone BAD_USER_INPUT']);
  });
});
