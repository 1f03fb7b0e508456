import { makeLog, type Viewer } from '@atende/service';
import { startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { deadlines } from './deadlines.ts';
import { FormLibrary } from './form/form-library.ts';
import { seedDemoFacts } from './seed/demo-facts.ts';
import { tickets } from './service.ts';
import type { TicketsDeps } from './tickets-context.ts';

/**
 * The tickets service knowing of the demo's organizations, contacts and groups, as if identity's events had come. No job runs
 * by itself: `timeActs` runs the timers' once, when the test says so. A replica `beside` another finds all of it there.
 */
export async function startTickets(options: TestOptions = {}, seed = tickets.seed): Promise<TestService> {
  const environment = { FILES_JWKS_URL: 'http://127.0.0.1:1/jwks.json', ...options.environment };
  const service = await startTestService({ ...tickets, jobs: [], ...(seed && { seed }) }, { demo: false, ...options, environment });
  if (options.beside) return service;
  const em = service.worker();
  seedDemoFacts(em);
  await em.flush();
  return service;
}

/** Lets due timers act, as one worker would; by the test's clock. */
export async function timeActs(service: TestService): Promise<void> {
  const deps = testDeps(service);
  await deps.library.refresh();
  await deadlines.run({ em: service.worker(), clock: service.clock, log: quiet, deps });
}

const quiet = makeLog('tickets', 'silent');
const wired = new WeakMap<TestService, TicketsDeps>();

/** What the service wires, over the test's database. */
export function testDeps(service: TestService): TicketsDeps {
  const deps = wired.get(service) ?? {
    library: new FormLibrary(() => service.worker()),
    verifyReceipt: async () => null,
    draftRetention: 30 * 86_400_000,
  };
  wired.set(service, deps);
  return deps;
}

type Answers = { field: string; value: unknown }[];

/** Fills in a form like a front end that knows no rule: asks for the form, then for options and the next state until nothing is missing. */
export async function fillForm(
  service: TestService,
  viewer: Viewer,
  requestType: string,
  given: Record<string, unknown> = {},
  context: object | null = null,
): Promise<{ formId: string; answers: Answers }> {
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
    answers.push({
      field: key,
      value: hasOptions
        ? await firstOption(service, viewer, { formId, field: key, answers })
        : kind === 'BOOLEAN'
          ? true
          : `Resposta de ${key}`,
    });
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
export const clientKey = (): string => {
  keys += 1;
  return `key-${keys}`;
};

export interface Opened {
  id: string;
  number: string;
  version: number;
}
const filledForms = new WeakMap<TestService, Map<string, Promise<{ formId: string; answers: Answers }>>>();

/** Opens a ticket and returns it. A form is filled in once per person and request type. */
export async function open(service: TestService, viewer: Viewer, requestType = 'technical-support', input: object = {}): Promise<Opened> {
  const forms = filledForms.get(service) ?? new Map<string, Promise<{ formId: string; answers: Answers }>>();
  filledForms.set(service, forms);
  const name = `${viewer.personId} ${requestType}`;
  const filled = forms.get(name) ?? fillForm(service, viewer, requestType);
  forms.set(name, filled);
  const opened = await tryToOpen(service, viewer, { ...(await filled), ...input });
  if (!opened.ticket) throw new Error(JSON.stringify(opened));
  return opened.ticket;
}

/** What opening answers: the ticket or what is wrong with the input, or the code of an error. */
export async function tryToOpen(
  service: TestService,
  viewer: Viewer,
  input: object,
  headers: Record<string, string> = {},
): Promise<{ ticket: Opened | null; errors: Fault[]; failed: string | undefined }> {
  const answer = await service.ask(
    viewer,
    `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number version } errors { code field message } } }`,
    { input: { clientKey: clientKey(), ...input } },
    headers,
  );
  return { ticket: null, errors: [], ...answer.data?.openTicket, failed: answer.errors?.[0]?.extensions.code };
}

export interface Fault {
  code: string;
  field: string[];
  message: string;
}

/** Does something to a ticket; the answer's payload, with the ticket's state. */
export async function act(
  service: TestService,
  viewer: Viewer,
  mutation: string,
  input: object,
): Promise<{ ticket: Record<string, never> | null; errors: Fault[]; failed: string | undefined }> {
  const kind = /^(acceptSolution|refuseSolution|cancelTicket|takeTicket)$/.test(mutation) ? 'TicketActionInput' : 'TicketMessageInput';
  const fields =
    'ticket { id number status version dueTransition { to at } followUpOf { id } allowedActions } errors { code field message }';
  const key = kind === 'TicketMessageInput' ? { clientKey: clientKey() } : {};
  const answer = await service.ask(viewer, `mutation ($input: ${kind}!) { ${mutation}(input: $input) { ${fields} } }`, {
    input: { ...key, ...input },
  });
  return { ticket: null, errors: [], ...answer.data?.[mutation], failed: answer.errors?.[0]?.extensions.code };
}
