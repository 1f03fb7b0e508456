import { clientKey, receiptOf } from './filling.ts';
import type { Person } from './portal.ts';

// A front end of fifty lines: it draws and fills in any form, in any language, and holds no rule (docs/guides/draw-a-form.md).

const GIVEN = 'formId: $formId, answers: $answers, context: $context';
const asking = (what: string): string => `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) { ${what} }`;
const FIELD = `key path kind label visible required fixed value displayValue hasOptions maxLength
  party { ... on Organization { code legalName } ... on Contact { name } }`;
const STATE = asking(`evaluateForm(${GIVEN}) { asks form { id title steps { key title submitLabel } attachmentPolicy { extensions } }
  fields { step ${FIELD} } guidance { ${FIELD} } errors { message } completeness { score } }`);
const OPTIONS = ({ key }: Drawn): string => `${key}: fieldOptions(${GIVEN}, field: "${key}", first: 1) { edges { node { id } } }`;

/** Whoever sits at the screen: for whom they open where they are asked, and the file that they send. */
export type Typist = { person: Person; client: object | null; file: Buffer };
export type Filled = { formId: string; answers: { field: string; value: unknown }[]; context: Record<string, unknown> };
// biome-ignore lint/suspicious/noExplicitAny: the shapes are those of the queries above
type Drawn = any;
type Widget = (field: Drawn, typist: Typist, form: Drawn, options: string[]) => unknown;

const typed: Widget = ({ label, maxLength }) => label.slice(0, maxLength);
const upload: Widget = async (_, { person, file }, { id: formId, attachmentPolicy: { extensions } }) => {
  const fileName = `evidencia.${extensions?.[0] ?? 'zip'}`;
  return [await receiptOf(person, await person.upload({ clientKey: clientKey(), fileName, contentType: '', formId }, file))];
};
const widgets: Record<string, Widget> = {
  ...{ TEXT: typed, LONG_TEXT: typed, BOOLEAN: () => true, SELECT: (...[, , , [first]]) => first, MULTI_SELECT: (...[, , , all]) => all },
  ...{ EMAIL_LIST: () => ['copia@cliente.example'], ON_BEHALF: (_, { client }) => client, FILES: upload },
};

const stateOf = async ({ person }: Typist, filled: Filled, language = 'pt-BR'): Promise<Drawn> =>
  (await person.ask(STATE, filled, { 'accept-language': language })).data.evaluateForm;

/** Answers whatever is blank, round by round, until nothing is left to answer. */
export async function fillIn(typist: Typist, filled: Filled, tried = new Set<string>()): Promise<Filled> {
  const { asks, form, fields, guidance } = await stateOf(typist, filled);
  if (asks.includes('ON_BEHALF') && !filled.context.onBehalfOf)
    return fillIn(typist, { ...filled, context: { onBehalfOf: typist.client } });
  const blank = [...fields, ...guidance].filter((one) => one.visible && !one.fixed && one.value === null && !tried.has(one.key));
  const listed = blank.filter((one) => one.hasOptions);
  const lists = listed.length === 0 ? {} : await typist.person.get(asking(listed.map(OPTIONS).join(' ')), filled);
  const before = tried.size;
  for (const one of blank) {
    const value = await widgets[one.kind]?.(one, typist, form, lists[one.key]?.edges.map((edge: Drawn) => edge.node.id) ?? []);
    if (value === undefined) continue;
    tried.add(one.key);
    const [input, key] = one.path;
    if (key) filled.answers.push({ field: key, value });
    else filled.context[input] = value;
  }
  return tried.size > before ? fillIn(typist, filled, tried) : filled;
}

/** The screen, line by line. */
export async function draw(typist: Typist, filled: Filled, language: string): Promise<string[]> {
  const { form, fields, guidance, errors, completeness } = await stateOf(typist, filled, language);
  const words = ({ party, displayValue }: Drawn) => (party ? (party.name ?? `${party.code} – ${party.legalName}`) : (displayValue ?? ''));
  const line = (one: Drawn) => (one.visible ? [`${one.label}${one.required ? ' *' : ''}: ${words(one)}`] : []);
  const on = (step: Drawn) => [...fields.filter((one: Drawn) => one.step === step.key).flatMap(line), `[${step.submitLabel}]`];
  const rest = [`${completeness.score} %`, ...errors.map(({ message }: Drawn) => `! ${message}`)];
  return [form.title, ...form.steps.flatMap(on), ...guidance.flatMap(line), ...rest];
}
