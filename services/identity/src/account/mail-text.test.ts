import { languages } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { mailText } from './mail-text.ts';

const facts = { name: 'Ana', login: 'ana@acme.example', organization: null, portalUrl: 'https://support.example/portal', secret: 's3cr3t' };

describe('mail', () => {
  it.each(languages)('of an activation says the login and the link, in %s', (language) => {
    const { subject, body } = mailText('ACTIVATION', language, facts);
    expect(subject).not.toBe('');
    expect(body).toContain('Ana!');
    expect(body).toContain('ana@acme.example');
    expect(body).toContain('https://support.example/activate#token=s3cr3t');
  });

  it('speaks the reader’s language', () => {
    expect(new Set(languages.map((language) => mailText('PASSWORD_RESET', language, facts).subject)).size).toBe(3);
  });

  it('carries its secret behind the #, where no server logs it', () => {
    expect(mailText('PASSWORD_RESET', 'en', facts).body).toContain('https://support.example/reset-password#token=s3cr3t');
  });

  it.each(languages)('about one more organization names it and carries no secret, in %s', (language) => {
    const { body } = mailText('ACCESS_GRANTED', language, { ...facts, organization: 'Globex Comércio S.A.' });
    expect(body).toContain('Globex Comércio S.A.');
    expect(body).not.toContain('s3cr3t');
    expect(mailText('ACCESS_GRANTED', language, facts).body).not.toContain('null');
  });

  it.each(['PASSWORD_CHANGED', 'SECOND_FACTOR_ON', 'SECOND_FACTOR_OFF', 'API_KEY_CREATED'] as const)(
    'of %s says in three languages what to do if it was somebody else, and carries no secret',
    (kind) => {
      const bodies = languages.map((language) => mailText(kind, language, facts).body);
      expect(new Set(bodies).size).toBe(3);
      for (const body of bodies) expect([body.includes('https://support.example/portal'), body.includes('s3cr3t')]).toEqual([true, false]);
    },
  );
});
