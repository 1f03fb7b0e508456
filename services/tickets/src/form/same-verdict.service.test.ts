import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedCatalogue } from '../seed/catalogue.ts';
import { bruno, carla, gisele } from '../seed/demo-people.ts';
import { seedForms } from '../seed/forms.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { clientKey, startTickets } from '../testing-tickets.ts';
import { fieldsOf, scopeOf } from './form.ts';
import { buildOrganization, catalogue, evaluate, seedForm, stateOf } from './form-testing.ts';

const runs = Number(process.env.ATENDE_RUNS ?? 60);

let service: TestService;
let receipts: Receipts;
let files: string[];
beforeAll(async () => {
  receipts = await startReceipts();
  service = await startTickets({ environment: { FILES_JWKS_URL: receipts.jwksUrl } });
  const sign = (name: string, changes: object) => receipts.sign({ attachmentId: demoId('att', name), ...changes }, service.clock.now());
  const people = [bruno, gisele, carla].map(({ personId }) => personId);
  const own = people.flatMap((personId) => [
    sign(`zip ${personId}`, { personId, extension: 'zip' }),
    sign(`text ${personId}`, { personId }),
    sign(`large ${personId}`, { personId, size: 300 * 1024 ** 2 }),
  ]);
  files = [...(await Promise.all(own)), 'forged'];
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receipts[Symbol.asyncDispose]();
});

type Answer = { field: string; value: unknown };

/** Every required field answered by its first option or by a text; what the form gives itself is left to it. */
async function complete(type: string, bso: boolean): Promise<Answer[]> {
  const form = seedForm(type);
  const given: Record<string, unknown> = {};
  for (const { key, options } of fieldsOf(form)) {
    const state = stateOf(await evaluate(form, given, { organization: buildOrganization({ bso }) }), key);
    if (!state?.visible || !state.required || state.value !== null) continue;
    const scope = options && scopeOf(options, options.parent ? String(given[options.parent]) : null);
    const page = scope && (await catalogue.page(scope, { search: null, language: 'pt-BR', first: 1, after: null }));
    given[key] = page ? page.entries[0]?.id : `Resposta de ${key}`;
  }
  return Object.entries(given).map(([field, value]) => ({ field, value }));
}

const everyKey = [...new Set(seedForms.flatMap(({ form }) => fieldsOf(form).map(({ key }) => key)))];
const optionId = fc.constantFrom(...seedCatalogue.map(({ id }) => id));
const value = fc.oneof(
  ...[optionId, fc.array(optionId, { maxLength: 3 }), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })],
  fc.string({ unit: 'binary' }),
  fc.constant('x'.repeat(300)),
);
type Change = { how: string; at: number } & Answer;
const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('REPLACE', 'DROP', 'REPEAT', 'ADD'),
  at: fc.nat({ max: 30 }),
  field: fc.oneof(fc.constantFrom(...everyKey), fc.string()),
  value,
});

/** What a hasty, a wrong or a hostile caller does to answers that were right. */
function changed(answers: Answer[], { how, at, field, value: other }: Change): Answer[] {
  if (how === 'ADD') return [...answers, { field, value: other }];
  if (how === 'REPEAT') return [...answers, ...answers.slice(at, at + 1)];
  return answers.flatMap((one, index) => (index !== at ? [one] : how === 'DROP' ? [] : [{ ...one, value: other }]));
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const contactOf = ({ contacts: [contact] }: Viewer) => ({ organizationId: contact?.organizationId ?? '', contactId: contact?.id ?? '' });
const brunosKey: Viewer = { ...bruno, apiKey: { id: demoId('key', 'bruno'), scopes: ['READ', 'WRITE_TICKETS'] } };
const clients = [bruno, gisele].map(contactOf);
const opening = fc.record({
  type: fc.constantFrom(...seedForms.map(({ requestType }) => requestType)),
  viewer: fc.constantFrom(bruno, gisele, carla, brunosKey),
  client: fc.constantFrom(...clients),
  stray: sometimes(fc.constantFrom(...clients, { organizationId: demoId('org', 'ACME01'), contactId: demoId('con', 'nobody') })),
  changes: fc.oneof(fc.constant<Change[]>([]), fc.array(change, { maxLength: 4 })),
  organizationId: sometimes(fc.constantFrom(...clients.map((one) => one.organizationId), 'org_nowhere')),
  channel: sometimes(fc.constantFrom('PORTAL', 'PHONE', 'API', 'EMAIL')),
  watchers: sometimes(fc.array(fc.oneof(fc.constant('copia@acme.example'), fc.string()), { maxLength: 22 })),
  attachments: sometimes(fc.array(fc.nat({ max: 9 }), { maxLength: 12 })),
  language: fc.constantFrom('pt-BR', 'en', 'es'),
});

interface Verdict {
  errors: { code: string; field: string[]; message: string }[];
  criticality: object | null;
  values: Map<string, unknown>;
}

const CRITICALITY = 'criticality { value rule reason immediateAttention immediateAttentionReason }';
const EVALUATE = `query ($id: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) { evaluateForm(formId: $id, answers: $answers, context: $context) {
  errors { code field message } ${CRITICALITY} fields { key value } guidance { key value } } }`;
const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) {
  errors { code field message } ticket { ${CRITICALITY} answers { field value } } } }`;

async function bothVerdicts({ type, viewer, client, stray, changes, attachments, language, ...rest }: Sample): Promise<[Verdict, Verdict]> {
  const id = seedForms.find(({ requestType }) => requestType === type)?.id;
  const onBehalfOf = stray ?? (viewer === carla ? client : undefined);
  const bso = (onBehalfOf ?? contactOf(viewer)).organizationId === clients[1]?.organizationId;
  const answers = changes.reduce(changed, await complete(type, bso));
  const context = { ...rest, onBehalfOf, attachmentIds: attachments?.map((at) => files[at] ?? '') };
  const headers = { 'accept-language': language };
  const evaluated = (await service.ask(viewer, EVALUATE, { id, answers, context }, headers)).data.evaluateForm;
  const input = { clientKey: clientKey(), formId: id, answers, ...context };
  const { errors, ticket } = (await service.ask(viewer, OPEN, { input }, headers)).data.openTicket;
  const states: { key: string; value: unknown }[] = [...evaluated.fields, ...evaluated.guidance].filter((state) => state.value !== null);
  const kept: { field: string; value: unknown }[] = ticket?.answers ?? [];
  return [
    { ...evaluated, values: new Map(states.map((state) => [state.key, state.value])) },
    {
      errors: errors.map((error: Verdict['errors'][number]) => ({ ...error, field: error.field.slice(1) })),
      criticality: ticket?.criticality ?? null,
      values: new Map(kept.map((answer) => [answer.field, answer.value])),
    },
  ];
}
type Sample = typeof opening extends fc.Arbitrary<infer T> ? T : never;

describe('evaluateForm and openTicket', () => {
  // The long run: ATENDE_RUNS=20000 npm test -- same-verdict
  it(
    'say the same of the same answers: faults, words, values and criticality',
    async () => {
      let opened = 0;
      await fc.assert(
        fc.asyncProperty(opening, async (sample) => {
          const [evaluated, said] = await bothVerdicts(sample);
          expect(said.errors).toEqual(evaluated.errors);
          if (evaluated.errors.length > 0) return;
          opened += 1;
          expect(said.values).toEqual(evaluated.values);
          if (sample.type.startsWith('software')) expect(said.criticality).toEqual(evaluated.criticality);
          else expect(evaluated.criticality).toBeNull();
        }),
        { numRuns: runs },
      );
      expect(opened).toBeGreaterThan(0);
    },
    60_000 + runs * 200,
  );
});
