import { demoId, type Viewer } from '@atende/service';
import { buildViewer, startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { ContactFact, GroupFact, OrganizationFact } from './facts.ts';
import { tickets } from './service.ts';

// People of the tests: the demo's, as the gateway's token would describe them.

const contact = (email: string, client: string, scope: 'OWN' | 'ORGANIZATION' = 'OWN', changes: Partial<Viewer['contacts'][number]> = {}): Viewer =>
  buildViewer({
    personId: demoId('per', email),
    contacts: [{ id: demoId('con', email), organizationId: demoId('org', client), scope, mayOpen: true, administrator: false, serviceManager: false, ...changes }],
  });
const analyst = (email: string, roles: Viewer['roles'], groups: string[]): Viewer =>
  buildViewer({ personId: demoId('per', email), analystId: demoId('ana', email), roles, groups: groups.map((group) => demoId('grp', group)) });

export const ana = contact('ana@acme.example', 'ACME01', 'ORGANIZATION', { administrator: true, serviceManager: true });
export const bruno = contact('bruno@acme.example', 'ACME01');
export const gisele = contact('gisele@globex.example', 'GLBX01', 'ORGANIZATION');
export const carla = analyst('carla@support.example', ['ANALYST'], ['n1-software', 'bso-ams', 'cloud']);
export const diego = analyst('diego@support.example', ['ANALYST'], ['n2-software', 'bso-ams']);
export const elisa = analyst('elisa@support.example', ['SUPERVISOR'], ['n1-software']);
export const otavio = analyst('otavio@support.example', ['OMBUDSMAN'], ['ombudsman']);

const organizations = [
  { code: 'ACME01', plan: 'PRIME' as const, bso: false, entitlements: ['PHONE', 'value-added.cloud', 'technical-support'] },
  { code: 'GLBX01', plan: 'STANDARD' as const, bso: true, entitlements: ['technical-support'] },
];
const groups = ['n1-software', 'n2-software', 'bso-ams', 'cloud', 'infra', 'bpo', 'cst', 'ombudsman'];

/** The tickets service knowing of the demo's organizations, contacts and groups, as if identity's events had come. */
export async function startTickets(options: TestOptions = {}): Promise<TestService> {
  const service = await startTestService(tickets, { demo: false, environment: { FILES_JWKS_URL: 'http://127.0.0.1:1/jwks.json' }, ...options });
  const em = service.worker();
  for (const { code, ...facts } of organizations) em.create(OrganizationFact, { id: demoId('org', code), version: 1, clientCode: code, country: 'BR', ...facts });
  for (const viewer of [ana, bruno, gisele]) {
    for (const { id, organizationId, mayOpen } of viewer.contacts) em.create(ContactFact, { id, version: 1, organizationId, active: true, mayOpen });
  }
  for (const code of groups) em.create(GroupFact, { id: demoId('grp', code), version: 1, code });
  await em.flush();
  return service;
}

type Answers = { field: string; value: unknown }[];

/** Fills in a form like a front end that knows no rule: asks for the form, then for options and the next state until nothing is missing. */
export async function fillForm(service: TestService, viewer: Viewer, requestType: string, given: Record<string, unknown> = {}, context: object | null = null): Promise<{ formId: string; answers: Answers }> {
  const form = await service.ask(
    viewer,
    `query ($type: String!, $context: OpeningContextInput) { requestForm(requestType: $type, context: $context) { id steps { fields { key kind hasOptions dependsOn } } } }`,
    { type: requestType, context },
  );
  const { id: formId, steps } = form.data.requestForm;
  const fields: { key: string; kind: string; hasOptions: boolean }[] = steps.flatMap((step: { fields: unknown[] }) => step.fields);
  const answers: Answers = Object.entries(given).map(([field, value]) => ({ field, value }));
  for (const { key, kind, hasOptions } of fields) {
    const state = await service.ask(
      viewer,
      `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) { evaluateForm(formId: $formId, answers: $answers, context: $context) { fields { key visible required value } } }`,
      { formId, answers, context },
    );
    const now = state.data.evaluateForm.fields.find((field: { key: string }) => field.key === key);
    if (!now.visible || !now.required || now.value !== null) continue;
    answers.push({ field: key, value: hasOptions ? await firstOption(service, viewer, { formId, field: key, answers }) : kind === 'BOOLEAN' ? true : `Resposta de ${key}` });
  }
  return { formId, answers };
}

async function firstOption(service: TestService, viewer: Viewer, variables: object): Promise<string> {
  const options = await service.ask(
    viewer,
    `query ($formId: ID!, $field: String!, $answers: [AnswerInput!]) { fieldOptions(formId: $formId, field: $field, answers: $answers, first: 1) { edges { node { id } } } }`,
    variables as Record<string, unknown>,
  );
  return options.data.fieldOptions.edges[0]?.node.id;
}

let keys = 0;
export const clientKey = (): string => `key-${(keys += 1)}`;

/** Opens a ticket and returns it. */
export async function open(service: TestService, viewer: Viewer, requestType = 'technical-support', given: Record<string, unknown> = {}): Promise<{ id: string; number: string; version: number }> {
  const { formId, answers } = await fillForm(service, viewer, requestType, given);
  const opened = await service.ask(viewer, `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number version } errors { code field message } } }`, {
    input: { clientKey: clientKey(), formId, answers },
  });
  if (!opened.data?.openTicket.ticket) throw new Error(JSON.stringify(opened));
  return opened.data.openTicket.ticket;
}

/** Does something to a ticket; the answer's payload, with the ticket's state. */
export async function act(service: TestService, viewer: Viewer, mutation: string, input: object): Promise<{ ticket: Record<string, never> | null; errors: { code: string; field: string[]; message: string }[]; failed: string | undefined }> {
  const kind = /^(acceptSolution|refuseSolution|cancelTicket|takeTicket)$/.test(mutation) ? 'TicketActionInput' : 'TicketMessageInput';
  const fields = 'ticket { id number status version dueTransition { to at } followUpOf { id } allowedActions } errors { code field message }';
  const key = kind === 'TicketMessageInput' ? { clientKey: clientKey() } : {};
  const answer = await service.ask(viewer, `mutation ($input: ${kind}!) { ${mutation}(input: $input) { ${fields} } }`, { input: { ...key, ...input } });
  return { ticket: null, errors: [], ...answer.data?.[mutation], failed: answer.errors?.[0]?.extensions.code };
}
