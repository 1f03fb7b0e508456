import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Contact } from '../contact/contact.ts';
import { ana, bruno, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { refusalOf } from '../testing/staff.ts';

const UPDATE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) {
  person { version name email phone language timeZone } errors { code field } } }`;

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const update = (as: string, input: Record<string, unknown>) => identity.as(as, UPDATE, { input });

describe('one’s own profile', () => {
  it('is changed by oneself, and leaves what organizations say alone', async () => {
    const { data } = await update(bruno, {
      name: ' Bruno de Lima ',
      phone: '+55 11 5555-0009',
      language: 'es',
      timeZone: 'America/Manaus',
    });
    expect(data.updateProfile).toEqual({
      errors: [],
      person: {
        ...{ version: 1, name: 'Bruno de Lima', email: bruno, phone: '+55 11 5555-0009', language: 'es', timeZone: 'America/Manaus' },
      },
    });
    expect(await identity.worker().findOneOrFail(Contact, { id: demoId('con', bruno) })).toMatchObject({
      name: 'Bruno Lima',
      phone: '+55 11 0000-0102',
    });
    expect((await identity.viewer(bruno)).language).toBe('es');
    const events = await identity
      .worker()
      .execute("select type, data from event where aggregate = ? and type = 'person.saved'", [demoId('per', bruno)]);
    expect(events).toEqual([{ type: 'person.saved', data: { language: 'es', auditor: false, active: true } }]);
  });

  it('saved as it is changes nothing, and an older version is a conflict', async () => {
    expect((await update(bruno, { language: 'es' })).data.updateProfile.person.version).toBe(1);
    expect((await update(bruno, { language: 'pt-BR', phone: null, expectedVersion: 1 })).data.updateProfile.person).toMatchObject({
      version: 2,
      phone: null,
    });
    expect(refusalOf(await update(bruno, { language: 'en', expectedVersion: 1 }))).toBe('CONFLICT');
  });

  it('says every fault at once', async () => {
    expect(refusalOf(await update(ana, { name: '', phone: 'x', language: null, timeZone: 'Mars' }))).toBe(
      'input.name REQUIRED, input.phone BAD_USER_INPUT, input.timeZone BAD_USER_INPUT, input.language REQUIRED',
    );
    expect((await identity.anybody(UPDATE, { input: {} })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('is nobody else’s to write in the database either, and its login and roles are not even one’s own', async () => {
    const client = new pg.Client({ connectionString: identity.database.urls.app });
    await client.connect();
    try {
      await client.query("select set_config('app.kind', 'PERSON', false), set_config('app.person', $1, false)", [demoId('per', bruno)]);
      expect((await client.query("update person set name = 'X' where id = $1", [demoId('per', ana)])).rowCount).toBe(0);
      for (const column of ["email = 'x@y.example'", 'auditor = true', 'active = false'])
        await expect(client.query(`update person set ${column} where id = $1`, [demoId('per', bruno)])).rejects.toThrow(
          'permission denied',
        );
    } finally {
      await client.end();
    }
  });
});
