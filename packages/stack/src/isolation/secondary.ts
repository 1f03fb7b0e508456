import { demoId } from '@atende/service/ids';
import { expect, it } from '@jest/globals';
import { clientKey, fill } from '../journeys/filling.ts';
import { DEMO_PASSWORD } from '../journeys/portal.ts';
import type { Who } from './access.ts';
import type { Matrix } from './matrix.ts';
import { rowsOf } from './place.ts';
import { absentLike } from './world.ts';

type Signed = Exclude<Who, 'nobody'>;
/** A valid deed on what is the doer's own, with one more id in it that is not. */
interface Deed {
  who: Signed;
  mutation: string;
  input: string;
  /** The input; `secondary` stands where the other id goes. */
  with(secondary: string): Record<string, unknown>;
  foreign: string[];
}

const [acme, globex] = [demoId('org', 'ACME01'), demoId('org', 'GLBX01')];
const contact = (email: string): string => demoId('con', email);

/** Another's row through a secondary id of a create or update, and other people's client keys. */
export function secondary(the: () => Matrix): void {
  const idOf = (name: string): string => the().things.find((thing) => thing.name === name)?.id ?? '';
  const perform = async ({ who, mutation, input }: Pick<Deed, 'who' | 'mutation' | 'input'>, given: object): Promise<string> => {
    const { data, errors } = await the().as[who].ask(
      `mutation ($input: ${input}!) { ${mutation}(input: $input) { __typename ${RESULT[input]} errors { code field } } }`,
      { input: given },
    );
    the().counts.cases += 1;
    the().sightings.collect(who, mutation, data);
    const told = errors?.map(({ message, extensions }) => `${message} ${extensions.code}`);
    return JSON.stringify({ told, data }).replaceAll(/\b[a-z]{3}_[0-9a-z]{26}\b/g, 'ID');
  };
  const receiptOf = async (who: Signed, more: object = {}): Promise<string> => {
    const file = { clientKey: clientKey(), fileName: `${who}.txt`, contentType: 'text/plain', ...more };
    const id = await the().as[who].upload(file, Buffer.from(`de ${who}`));
    return (await the().as[who].get('query ($id: ID!) { attachment(id: $id) { receipt } }', { id })).attachment.receipt;
  };

  it('refuses a foreign id beside valid own ones like one that never was, and changes nothing that is another’s', async () => {
    const { place, as } = the();
    const form = await fill(as.bruno, 'technical-support');
    const onBehalf = await fill(
      as.fabio,
      'technical-support',
      {},
      { onBehalfOf: { organizationId: acme, contactId: contact('bruno@acme.example') } },
    );
    const [brunos, giseles] = [idOf('ticket BRUNO'), idOf('ticket GISELE')];
    const strangers = [await receiptOf('gisele'), await receiptOf('ana'), await receiptOf('bruno', { ticketId: idOf('ticket EM-NOME') })];
    const message = { clientKey: '', body: 'Texto' };
    const deeds: Deed[] = [
      {
        who: 'bruno',
        mutation: 'replyToTicket',
        input: 'TicketMessageInput',
        with: (id) => ({ ...message, ticketId: brunos, attachmentIds: [id] }),
        foreign: strangers,
      },
      {
        who: 'carla',
        mutation: 'addInternalNote',
        input: 'TicketMessageInput',
        with: (id) => ({ ...message, ticketId: brunos, attachmentIds: [id] }),
        foreign: strangers,
      },
      {
        who: 'bruno',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...form, attachmentIds: [id] }),
        foreign: strangers,
      },
      {
        who: 'bruno',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...form, draftId: id }),
        foreign: [idOf('draft RASCUNHO-GISELE'), idOf('draft RASCUNHO-CARLA')],
      },
      {
        who: 'bruno',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...form, organizationId: id }),
        foreign: [globex],
      },
      {
        who: 'bruno',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...form, onBehalfOf: { organizationId: acme, contactId: id } }),
        foreign: [contact('ana@acme.example'), contact('gisele@globex.example')],
      },
      {
        who: 'fabio',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...onBehalf, onBehalfOf: { organizationId: acme, contactId: id } }),
        foreign: [contact('gisele@globex.example')],
      },
      {
        who: 'fabio',
        mutation: 'openTicket',
        input: 'OpenTicketInput',
        with: (id) => ({ clientKey: '', ...onBehalf, onBehalfOf: { organizationId: id, contactId: contact('bruno@acme.example') } }),
        foreign: [globex],
      },
      {
        who: 'bruno',
        mutation: 'createUpload',
        input: 'CreateUploadInput',
        with: (id) => ({ ...FILE, formId: form.formId, ticketId: id }),
        foreign: [giseles, idOf('ticket ANA'), idOf('ticket OUVIDORIA-DORA')],
      },
      {
        who: 'elisa',
        mutation: 'createUpload',
        input: 'CreateUploadInput',
        with: (id) => ({ ...FILE, formId: form.formId, ticketId: id }),
        foreign: [idOf('ticket OUVIDORIA')],
      },
      {
        who: 'ana',
        mutation: 'inviteContact',
        input: 'InviteContactInput',
        with: (id) => ({ clientKey: '', email: 'nova@acme.example', name: 'Nova', organizationId: id }),
        foreign: [globex],
      },
      {
        who: 'ana',
        mutation: 'importContacts',
        input: 'ImportContactsInput',
        with: (id) => ({ clientKey: '', organizationId: id, csv: 'email,name\nnova@acme.example,Nova\n' }),
        foreign: [globex],
      },
    ];
    const before = await things(the());
    const faults: string[] = [];
    for (const deed of deeds) {
      for (const foreign of deed.foreign) {
        const absent = foreign.includes('.') ? `${foreign.slice(0, -8)}AAAAAAAA` : absentLike(foreign);
        const [given, never] = [foreign, absent].map((id) => perform(deed, { ...deed.with(id), clientKey: clientKey() }));
        const answers = [await given, await never];
        if (answers[0] !== answers[1]) faults.push(`${deed.mutation} as ${deed.who}: ${answers.join('\n')}`);
        if (!/NOT_FOUND|RECEIPT_INVALID|HIDDEN_FIELD|FORBIDDEN/.test(answers[0] ?? ''))
          faults.push(`${deed.mutation} as ${deed.who} took it: ${answers[0]}`);
      }
    }
    expect(faults).toEqual([]);
    expect(await things(the())).toEqual(before);
    expect(await rowsOf(place, 'attachments', `select id from attachment where file_name = 'alheio.txt'`)).toEqual([]);
  }, 240_000);

  it('gives each person an object of their own for one clientKey', async () => {
    const shared = 'a-chave-de-todos';
    await rowsOf(the().place, 'identity', 'delete from sign_in_attempt', []); // cases before this one tried secrets, and whoever comes after waits
    const made = async (who: Signed, mutation: string, input: string, object: string, given: object): Promise<string> => {
      const { data, errors } = await the().as[who].ask(
        `mutation ($input: ${input}!) { made: ${mutation}(input: $input) { object: ${object} errors { code } } }`,
        { input: { clientKey: shared, ...given } },
      );
      if (!data?.made.object) throw new Error(`${mutation} as ${who}: ${JSON.stringify(errors ?? data)}`);
      return JSON.stringify(data.made.object);
    };
    const form = await fill(the().as.bruno, 'technical-support');
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const comments =
      'ticket { comments(first: 100) { edges { node { body author { __typename ... on Contact { id } ... on Analyst { id } } } } } }';
    const objects = [
      await Promise.all(
        (['bruno', 'ana', 'davi'] as const).map((who) => made(who, 'openTicket', 'OpenTicketInput', 'ticket { id }', form)),
      ),
      await Promise.all(
        (['bruno', 'gisele', 'carla'] as const).map((who) =>
          made(who, 'createUpload', 'CreateUploadInput', 'attachment { id }', { ...FILE, clientKey: shared }),
        ),
      ),
      await Promise.all(
        (['ana', 'gisele'] as const).map((who) =>
          made(who, 'inviteContact', 'InviteContactInput', 'contact { id }', { email: 'duas@both.example', name: 'Duas' }),
        ),
      ),
      await Promise.all(
        (['ana', 'bruno'] as const).map((who) =>
          made(who, 'createApiKey', 'CreateApiKeyInput', 'apiKey { id }', {
            name: 'chave',
            scopes: ['READ'],
            expiresAt,
            password: DEMO_PASSWORD,
          }),
        ),
      ),
    ];
    for (const ids of objects) expect(new Set(ids).size).toBe(ids.length);
    const said = [];
    for (const who of ['bruno', 'ana', 'carla'] as const)
      said.push(await made(who, 'replyToTicket', 'TicketMessageInput', comments, { ticketId: idOf('ticket BRUNO'), body: 'De cada um' }));
    expect(said.at(-1)?.split('"De cada um"').length).toBe(4); // three of them
  }, 240_000);
}

const FILE = { clientKey: '', fileName: 'alheio.txt', contentType: 'text/plain', size: 6 };
const RESULT: Record<string, string> = {
  TicketMessageInput: 'ticket { __typename id }',
  OpenTicketInput: 'ticket { __typename id }',
  CreateUploadInput: 'attachment { __typename id }',
  InviteContactInput: 'contact { __typename id }',
  ImportContactsInput: 'report { created }',
};

/** Rows of everything that was there before, as their owners would read them. */
async function things({ place, things: all }: Matrix): Promise<unknown[]> {
  const rowOf: Record<string, [string, string]> = {
    tkt: ['tickets', 'ticket'],
    cmt: ['tickets', 'comment'],
    att: ['attachments', 'attachment'],
    org: ['identity', 'organization'],
    con: ['identity', 'contact'],
    art: ['knowledge', 'article'],
  };
  return Promise.all(
    Object.entries(rowOf).map(([prefix, [service, table]]) =>
      rowsOf(place, service, `select md5(t::text) from ${table} t where id = any($1) order by id`, [
        all.map(({ id }) => id).filter((id) => id.startsWith(prefix)),
      ]),
    ),
  );
}
