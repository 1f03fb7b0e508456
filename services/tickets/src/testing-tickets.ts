import { makeLog, type Viewer } from '@atende/service';
import { startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { deadlines } from './deadlines.ts';
import { FormLibrary } from './form-library.ts';
import { seedDemoFacts } from './seed/demo-facts.ts';
import { tickets } from './service.ts';
import type { TicketsDeps } from './tickets-context.ts';

/**
 * The tickets service knowing of the demo's organizations, contacts and groups, as if identity's events had come. No job runs
 * by itself: `timeActs` runs the timers' once, when the test says so.
 */
export async function startTickets(options: TestOptions = {}): Promise<TestService> {
  const environment = { FILES_JWKS_URL: 'http://127.0.0.1:1/jwks.json', ...options.environment };
  const service = await startTestService({ ...tickets, jobs: [] }, { demo: false, ...options, environment });
  const em = service.worker();
  seedDemoFacts(em);
  await em.flush();
  return service;
}

/** Lets due timers act, as one worker would; by the test's clock. */
export const timeActs = (service: TestService): Promise<void> => deadlines.run({ em: service.worker(), clock: service.clock, log: quiet, deps: testDeps(service) });

const quiet = makeLog('tickets', 'silent');

/** What the service wires, over the test's database. */
export const testDeps = (service: TestService): TicketsDeps => ({ library: new FormLibrary(() => service.worker()), verifyReceipt: async () => null });

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
