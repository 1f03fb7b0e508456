import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey } from './filling.ts';
import { type Filled, fillIn } from './front-end.ts';
import { type Answer, type Person, Portal } from './portal.ts';

let portal: Portal;
let bruno: Person;
let carla: Person;
let elisa: Person;
withStack(async (stack) => {
  portal = new Portal(stack.url);
  [bruno, carla, elisa] = (await Promise.all(
    ['bruno@acme.example', 'carla@support.example', 'elisa@support.example'].map((email) => portal.as(email)),
  )) as [Person, Person, Person];
});

const software = ['rm', 'protheus', 'datasul', 'logix', 'winthor', 'wms'].map((product) => `software.${product}`);
const hosting = ['value-added.cloud', 'value-added.datacenter'];
const services = ['value-added.infra', 'value-added.rmo', 'value-added.bpo-hr'];
const requestTypes = [...software, 'relationship.cst', 'relationship.ombudsman', ...hosting, ...services, 'technical-support'];

/** A form filled in as the portal draws it, without files. */
async function filledBy(person: Person, requestType: string, context: Record<string, unknown> = {}): Promise<Filled> {
  const { requestForm } = await person.get('query ($type: String!) { requestForm(requestType: $type) { id } }', { type: requestType });
  const typist = { person, client: null, file: Buffer.alloc(0) };
  return fillIn(typist, { formId: requestForm.id, answers: [], context }, new Set(['attachments']));
}

const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) {
  ticket { id requester { name } openedBy { __typename } channel group { code } criticality { value edition rule reason } }
  errors { code field message } } }`;
const send = (person: Person | Portal, { context, ...filled }: Filled, input: object = {}): Promise<Answer> =>
  person.ask(OPEN, { input: { clientKey: clientKey(), ...filled, ...context, ...input } });
/** The ticket that came of it, or what was wrong: `CODE path`, and the code alone of what is no fault of the input. */
async function outcome(sent: Promise<Answer>): Promise<unknown> {
  const { data, errors } = await sent;
  if (errors) return errors.map(({ extensions }) => extensions.code);
  const faults = data.openTicket.errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.slice(1).join('.')}`);
  return data.openTicket.ticket ?? faults;
}
const contactOf = async (person: Person): Promise<{ organizationId: string; contactId: string }> => {
  const { viewer } = await person.get('{ viewer { contacts { id organization { id } } } }');
  return { organizationId: viewer.contacts[0].organization.id, contactId: viewer.contacts[0].id };
};

describe('the decision table', () => {
  const ROWS =
    'edition rows { rule when { category origin effect impact plan environmentKind businessStoppage inClientCustomization } value reason { ptBR en es } }';
  const SAVE =
    'mutation ($input: SaveDecisionTableInput!) { saveDecisionTable(input: $input) { decisionTable { edition savedBy { name } } errors { code field } } }';
  const criticalityOf = async (id: string) =>
    (await bruno.get('query ($id: ID!) { ticket(id: $id) { criticality { value edition rule reason } } }', { id })).ticket.criticality;

  it('is tried out by a supervisor, saved, and decides on the next ticket; the one before keeps its row', async () => {
    const filled = await filledBy(bruno, 'software.rm');
    const old = (await outcome(send(bruno, filled))) as { id: string; criticality: { edition: number; rule: string; value: string } };
    const { decisionTable: table } = await elisa.get(`{ decisionTable { ${ROWS} } }`);
    expect(old.criticality.edition).toBe(table.edition);
    const { criticalityPreview: trace } = await elisa.get(
      'query ($id: ID!) { criticalityPreview(ticketId: $id) { criticality { rule } passed { rule missed { factor given } } } }',
      { id: old.id },
    );
    expect(trace.criticality.rule).toBe(old.criticality.rule);
    expect(trace.passed.every(({ missed }: { missed: unknown[] }) => missed.length > 0)).toBe(true);

    const reason = { ptBR: 'Cliente Prime', en: 'A Prime client', es: 'Cliente Prime' };
    const prime = { rule: 'prime-first', when: { plan: ['PRIME'] }, value: 'HIGH', reason };
    const dryRun = async (rows: object[]) =>
      (
        await elisa.get(
          `query ($rows: [DecisionRowInput!]!) { criticalityDryRun(last: 5, rows: $rows) {
            looked changes { ticket { id } before { rule } after { rule value } } errors { code field message } } }`,
          { rows },
        )
      ).criticalityDryRun;
    const inVain = table.rows.findIndex(({ rule }: { rule: string }) => rule === 'prime-malfunction');
    const { changes, ...run } = await dryRun([prime, ...table.rows]);
    expect(changes[0]).toEqual({
      ticket: { id: old.id },
      before: { rule: old.criticality.rule },
      after: { rule: 'prime-first', value: 'HIGH' },
    });
    expect(run).toEqual({
      looked: 5,
      errors: [{ code: 'ROW_NEVER_DECIDES', field: ['rows', `${inVain + 1}`], message: expect.stringContaining('(prime-first)') }],
    });

    const rows = [prime, ...table.rows.toSpliced(inVain, 1)];
    expect((await dryRun(rows)).errors).toEqual([]);
    const input = { rows, expectedEdition: table.edition };
    expect((await carla.ask(SAVE, { input })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { saveDecisionTable } = await elisa.get(SAVE, { input });
    expect(saveDecisionTable).toEqual({ decisionTable: { edition: table.edition + 1, savedBy: { name: 'Elisa Campos' } }, errors: [] });
    expect((await elisa.ask(SAVE, { input })).errors?.[0]?.extensions.code).toBe('CONFLICT');

    expect(await outcome(send(bruno, filled))).toMatchObject({
      criticality: { value: 'HIGH', edition: table.edition + 1, rule: 'prime-first', reason: reason.ptBR },
    });
    expect(await criticalityOf(old.id)).toEqual(old.criticality);
    const rita = await portal.as('rita@support.example');
    const acts = async () =>
      (await rita.get('{ auditLog(filter: { act: DECISION_TABLE_SAVED }, first: 2) { edges { node { actorName subjectVersion } } } }'))
        .auditLog.edges;
    expect(await eventually(acts, (edges) => edges.length > 0)).toEqual([
      { node: { actorName: 'Elisa Campos', subjectVersion: table.edition + 1 } },
    ]);
  });
});

describe('who opens what', () => {
  const filled: Record<string, Filled> = {};
  let onBehalfOf: { organizationId: string; contactId: string };
  const everyType = async (ask: (requestType: string) => Promise<unknown>) =>
    Object.fromEntries(await Promise.all(requestTypes.map(async (type) => [type, await ask(type)] as const)));
  const everywhere = (fate: unknown, types = requestTypes) => Object.fromEntries(types.map((type) => [type, fate]));
  const menu = async (person: Person): Promise<string[]> =>
    (await person.get('{ serviceAreas { requestTypes { code } } }')).serviceAreas.flatMap((area: { requestTypes: { code: string }[] }) =>
      area.requestTypes.map(({ code }) => code),
    );

  beforeAll(async () => {
    onBehalfOf = await contactOf(bruno);
    for (const type of requestTypes) filled[type] = await filledBy(bruno, type);
  }, 60_000);

  it('a contact opens what the contracts of its organization carry, from the menu; the rest once they are signed', async () => {
    const own = () => everyType((type) => outcome(send(bruno, filled[type] as Filled)));
    const opened = { requester: { name: 'Bruno Lima' }, openedBy: { __typename: 'Contact' }, channel: 'PORTAL' };
    expect(await own()).toMatchObject({ ...everywhere(opened), ...everywhere(['NOT_ENTITLED formId'], services) });
    expect((await menu(bruno)).sort()).toEqual(requestTypes.filter((type) => !services.includes(type)).sort());
    const { updateOrganization } = await elisa.get(
      'mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { errors { code } } }',
      { input: { organizationId: onBehalfOf.organizationId, contracts: ['HOSTING', 'SERVICES'] } },
    );
    expect(updateOrganization.errors).toEqual([]);
    await eventually(
      () => menu(bruno),
      (codes) => codes.length === requestTypes.length,
    );
    expect(await everyType((type) => outcome(send(bruno, filled[type] as Filled)))).toMatchObject(everywhere(opened));
  });

  it('staff open in the name of a contact, the ombudsman’s only the ombudsman', async () => {
    const inHisName = (person: Person) => everyType((type) => outcome(send(person, filled[type] as Filled, { onBehalfOf })));
    const opened = { requester: { name: 'Bruno Lima' }, openedBy: { __typename: 'Analyst' } };
    expect(await inHisName(carla)).toMatchObject({ ...everywhere(opened), 'relationship.ombudsman': ['FORBIDDEN formId'] });
    const otavio = await portal.as('otavio@support.example');
    expect(await outcome(send(otavio, filled['relationship.ombudsman'] as Filled, { onBehalfOf }))).toMatchObject(opened);
  });

  it('in the name of who calls, where the plan has the phone', async () => {
    const gisele = await portal.as('gisele@globex.example');
    const byPhone = async (form: Filled, client: object) => outcome(send(carla, form, { channel: 'PHONE', onBehalfOf: client }));
    expect(await byPhone(filled['software.rm'] as Filled, onBehalfOf)).toMatchObject({ channel: 'PHONE' });
    expect(await byPhone(await filledBy(gisele, 'software.rm'), await contactOf(gisele))).toEqual(['NOT_ENTITLED channel']);
  });

  it('a BSO client directs its technical support to the BSO; another client cannot', async () => {
    const gisele = await portal.as('gisele@globex.example');
    const form = await filledBy(gisele, 'technical-support');
    expect(await outcome(send(gisele, form))).toMatchObject({ group: { code: 'bso-ams' } });
    const say = (changed: Filled, key: string, value: unknown) => ({
      ...changed,
      answers: [...changed.answers.filter(({ field }) => field !== key), { field: key, value }],
    });
    expect(await outcome(send(gisele, say(form, 'directToBso', false)))).toEqual(['MUST_BE_ON answers.directToBso']);
    const ofBruno = filled['technical-support'] as Filled;
    const country = ofBruno.answers.find(({ field }) => field === 'originCountry')?.value;
    expect(await outcome(send(gisele, say(form, 'originCountry', country)))).toEqual(['FIXED_FIELD answers.originCountry']);
    expect(await outcome(send(bruno, ofBruno))).toMatchObject({ group: { code: 'n1-software' } });
    expect(await outcome(send(bruno, say(ofBruno, 'directToBso', true)))).toEqual(['HIDDEN_FIELD answers.directToBso']);
  });

  it('none is opened by the wrong person', async () => {
    const [gisele, rita] = [await portal.as('gisele@globex.example'), await portal.as('rita@support.example')];
    const { contactId } = await contactOf(gisele);
    const { organizationId } = onBehalfOf;
    const wrong: [Person | Portal, object, unknown][] = [
      [portal, {}, ['UNAUTHENTICATED']],
      [gisele, { organizationId }, ['NOT_FOUND organizationId']],
      [rita, {}, ['ORGANIZATION_REQUIRED organizationId']],
      [bruno, { onBehalfOf }, ['HIDDEN_FIELD onBehalfOf']],
      [bruno, { channel: 'PHONE' }, ['CHANNEL_NOT_ALLOWED channel']],
    ];
    for (const [person, input, refused] of wrong)
      expect(await everyType((type) => outcome(send(person, filled[type] as Filled, input)))).toEqual(everywhere(refused));
    const ombudsman = { 'relationship.ombudsman': expect.arrayContaining(['FORBIDDEN formId']) };
    const notSaid = await everyType((type) => outcome(send(carla, filled[type] as Filled)));
    expect(notSaid).toEqual({ ...everywhere(['REQUIRED onBehalfOf']), ...ombudsman });
    const notTheirs = { onBehalfOf: { organizationId, contactId } };
    const foreign = await everyType((type) => outcome(send(carla, filled[type] as Filled, notTheirs)));
    expect(foreign).toEqual({ ...everywhere(['NOT_FOUND onBehalfOf']), ...ombudsman });
  });

  it('nor by a contact whose right was taken away, in person or in their name', async () => {
    const ana = await portal.as('ana@acme.example');
    const { updateContact } = await ana.get('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { errors { code } } }', {
      input: { contactId: onBehalfOf.contactId, mayOpen: false },
    });
    expect(updateContact.errors).toEqual([]);
    const mute = await portal.as('bruno@acme.example');
    expect(await menu(mute)).toEqual([]);
    expect(await everyType((type) => outcome(send(mute, filled[type] as Filled)))).toEqual(everywhere(['NOT_ALLOWED_TO_OPEN ']));
    const inHisName = () => outcome(send(carla, filled['software.rm'] as Filled, { onBehalfOf }));
    expect(await eventually(inHisName, Array.isArray)).toEqual(['NOT_ALLOWED_TO_OPEN onBehalfOf']);
  });
});
