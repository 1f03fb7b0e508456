import { anonymous } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { startIdentity } from '../testing/identity.ts';

describe('help contacts', () => {
  it('are shown before sign-in, in the language asked for', async () => {
    await using identity = await startIdentity({ demo: false });
    const query = 'query { helpContacts { phone option purpose description hours } }';
    const { data } = await identity.ask(anonymous, query, {}, { 'accept-language': 'en' });
    expect(data.helpContacts).toMatchObject([
      { option: '1', purpose: 'PORTAL_USE', description: 'Use of the portal' },
      {
        option: '2',
        purpose: 'ACCESS_AND_REGISTRATION',
        description: 'Access and registration',
        hours: 'Working days, 8 am to 6 pm (Brasília time)',
      },
    ]);
    expect((await identity.anybody(query)).data.helpContacts[0].description).toBe('Uso do portal');
  }, 60_000);
});
