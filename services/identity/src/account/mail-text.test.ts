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

  it('about a changed password carries no secret', () => {
    expect(mailText('PASSWORD_CHANGED', 'en', facts).body).not.toContain('s3cr3t');
  });
});
