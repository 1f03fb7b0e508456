import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { canaries, canariesIn, failInDatabase, letLooseOverHttp, letLooseOverSockets } from './canaries.ts';
import { clientKey, fill, open } from './filling.ts';
import { redeem, tokenFor } from './newcomer.ts';
import { type Person, Portal } from './portal.ts';

let stack: Stack;
let portal: Portal;
let bruno: Person;
let carla: Person;
let ticketId: string;
withStack(
  async (started) => {
    stack = started;
    portal = new Portal(stack.url);
    bruno = await portal.as('bruno@acme.example');
    carla = await portal.as('carla@support.example');
    ticketId = (await open(bruno, 'software.rm', {}, { summary: canaries.text, incident: `${canaries.text} ${canaries.cpf}` })).id;
  },
  { logLevel: 'debug' },
);

const LOG = `query ($filter: AuditFilter) { auditLog(filter: $filter, first: 20) {
  edges { node { act outcome code field actorName subjectId service requestId network } } } }`;

describe('the audit log', () => {
  let rita: Person;
  const entries = async (filter: object) =>
    eventually(
      async () => (await rita.get(LOG, { filter })).auditLog.edges.map((edge: { node: object }) => edge.node),
      (found) => found.length > 0,
    );
  const within = async (person: Person, query: string, variables: object): Promise<string> => {
    const requestId = `click-${clientKey()}`;
    await person.ask(query, variables, { 'x-request-id': requestId });
    return requestId;
  };

  it('tells an auditor what was done in every service, by the id of the click', async () => {
    rita = await portal.as('rita@support.example');
    const elisa = await portal.as('elisa@support.example');
    const { requestForm } = await bruno.get('{ requestForm(requestType: "software.rm") { id } }');
    const options = 'query ($id: ID!) { fieldOptions(formId: $id, field: "category", first: 9) { edges { node { id } } } }';
    const option = (await bruno.get(options, { id: requestForm.id })).fieldOptions.edges.at(-1).node.id;
    const retiring = 'mutation ($input: RetireCatalogueEntryInput!) { retireCatalogueEntry(input: $input) { errors { code } } }';
    const requestId = await within(elisa, retiring, { input: { id: option } });
    expect(await entries({ subjectId: option, act: 'OPTION_RETIRED' })).toMatchObject([
      { act: 'OPTION_RETIRED', outcome: 'DONE', service: 'tickets', requestId },
    ]);
  });

  it('and what was denied: a ticket of another organization', async () => {
    const gisele = await portal.as('gisele@globex.example');
    const requestId = await within(gisele, 'query ($id: ID!) { ticket(id: $id) { number } }', { id: ticketId });
    expect(await entries({ act: 'ACCESS', subjectId: ticketId })).toMatchObject([
      { outcome: 'REFUSED', code: 'NOT_FOUND', field: 'Query.ticket', actorName: 'Gisele Prado', requestId, network: '127.0.0.0/24' },
    ]);
    const asked = await within(carla, '{ auditLog(first: 1) { edges { cursor } } }', {});
    expect(await entries({ act: 'ACCESS', actorId: (await carla.get('{ viewer { person { id } } }')).viewer.person.id })).toMatchObject([
      { field: 'Query.auditLog', code: 'FORBIDDEN', requestId: asked },
    ]);
  });
});

describe('what is held on a person', () => {
  const HELD = 'query ($id: ID!) { personalData(personId: $id) { identity { document acts(first: 1) { edges { node { act } } } } } }';

  it('is theirs to have; for others as if there were none', async () => {
    const { id } = (await bruno.get('{ viewer { person { id } } }')).viewer.person;
    const { document, acts } = (await bruno.get(HELD, { id })).personalData.identity;
    expect([document.person.email, acts.edges.length]).toEqual(['bruno@acme.example', 1]);
    for (const asked of [id, id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'))])
      expect(await carla.ask(HELD, { id: asked })).toMatchObject({ data: { personalData: { identity: null } } });
  });
});

describe('no log, stream or figure holds', () => {
  it('what anybody says to the portal, right or wrong, at the lowest level of the logs', async () => {
    await liveALife();
    await letLooseOverHttp(portal, bruno);
    await letLooseOverSockets(portal, bruno);
    for (const service of ['identity', 'tickets']) await failInDatabase(stack.databaseUrls(service).worker);
    expect(await found()).toEqual({});
  }, 60_000);

  /** Everything a canary can go through when nothing is wrong: an invitation, a password, a message, a file, an article. */
  async function liveALife(): Promise<void> {
    const ana = await portal.as('ana@acme.example');
    const { email, password, text, cpf, cnpj } = canaries;
    const invitation = 'mutation ($input: InviteContactInput!) { inviteContact(input: $input) { errors { code } } }';
    const person = { email, name: canaries.plainCpf, phone: canaries.plainCnpj };
    for (let time = 0; time < 2; time++) await ana.get(invitation, { input: { clientKey: clientKey(), ...person } });
    const token = await tokenFor(portal.url, email, 'activate');
    await redeem(portal, 'activateAccount', token, password).catch(() => {}); // on a busy machine the answer may be late, the password set all the same
    const canary = await eventually(
      () => portal.as(email, password),
      () => true,
    );
    const { formId } = await fill(bruno, 'software.rm');
    await bruno.upload(
      { clientKey: clientKey(), fileName: canaries.fileName, contentType: 'image/png', formId },
      Buffer.from(Object.values(canaries).join()),
    );
    const reply = 'mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }';
    await bruno.get(reply, { input: { clientKey: clientKey(), ticketId, body: `${text} ${cpf} ${cnpj} ${canaries.apiKey}` } });
    await canary.get('mutation { signOut { errors { code } } }');
    const refused = await portal.ask('mutation ($t: String!) { refreshSession(refreshToken: $t) { errors { code } } }', {
      t: canary.refreshToken,
    });
    expect(refused.data.refreshSession.errors).toHaveLength(1);
  }

  /** Where a canary is: every log and every stream as they lie on the disk, and every page of figures. */
  async function found(): Promise<Record<string, string[]>> {
    const pages = stack.processes.flatMap(({ name, probeUrl }) => (probeUrl ? { name, probeUrl } : []));
    const figures = pages.map(
      async ({ name, probeUrl }) => [`${name}/metrics`, await (await fetch(`${probeUrl}/metrics`)).text()] as const,
    );
    const files = [...filesIn(join(stack.dataDir, 'logs')), ...filesIn(join(stack.dataDir, 'nats', 'jetstream'))];
    const texts = [
      ...files.map((file) => [file.slice(stack.dataDir.length), readFileSync(file, 'utf8')] as const),
      ...(await Promise.all(figures)),
    ];
    expect(texts.length).toBeGreaterThan(pages.length + 7);
    expect(texts.filter(([, text]) => text.includes('"level":20')).length).toBeGreaterThan(3);
    return Object.fromEntries(texts.map(([place, text]) => [place, canariesIn(text)] as const).filter(([, leaked]) => leaked.length > 0));
  }
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
