import type { AttachmentPolicy, Choice, Field, Form, OptionSource } from './form.ts';
import type { Condition, Rule } from './form-condition.ts';

const or = (words: readonly unknown[]): string => words.join(' or ');

function inWords(rule: Condition): string {
  if ('all' in rule) return rule.all.map(inWords).join(' and ');
  if ('any' in rule) return `(${or(rule.any.map(inWords))})`;
  if ('not' in rule) return `not (${inWords(rule.not)})`;
  if ('channel' in rule) return `it comes by ${or(rule.channel)}`;
  if ('staff' in rule) return rule.staff ? 'staff opens' : 'a contact opens';
  if ('plan' in rule) return `the plan is ${or(rule.plan)}`;
  if ('country' in rule) return `the client is in ${or(rule.country)}`;
  if ('bso' in rule) return rule.bso ? 'the client has BSO' : 'the client has no BSO';
  if ('entitled' in rule) return `the client is entitled to ${or(rule.entitled)}`;
  if ('answered' in rule) return `${rule.answered} is answered`;
  if ('hasOptions' in rule) return `${rule.hasOptions} has anything to choose`;
  if ('under' in rule) return `${rule.field} is ${or(rule.under)}, or below it`;
  return `${rule.field} is ${or(rule.is)}`;
}

const when = (rule: Rule): string => (rule === true ? 'always' : rule === false ? 'never' : `when ${inWords(rule)}`);

const kinds: Record<Field['kind'], string> = {
  TEXT: 'a line',
  LONG_TEXT: 'a text',
  BOOLEAN: 'yes or no',
  SELECT: 'one',
  MULTI_SELECT: 'several',
  EMAIL_LIST: 'addresses',
  FILES: 'files',
  ON_BEHALF: 'a client and its contact',
  DISPLAY: 'shown: the',
  COMPUTED: 'computed',
};

const sourceOf = ({ levels, parent, root, depth }: OptionSource): string =>
  [` ${or(levels)}`, parent || root ? `${depth === 'CHILDREN' ? 'of' : 'anywhere below'} ${parent ?? root}` : ''].join(' ').trimEnd();

function isWhat({ kind, options, maxLength, automatic }: Field): string {
  return [kinds[kind], options ? sourceOf(options) : '', maxLength ? `, up to ${maxLength}` : '', automatic ? ` ${automatic}` : ''].join(
    '',
  );
}

const given = (how: string, choices: readonly Choice[]): string[] =>
  choices.map(({ when: rule, value }) => `${how} ${value}${rule === true ? '' : ` ${when(rule)}`}`);

const answers = (rule: Rule): string => (typeof rule === 'boolean' ? (rule ? 'yes' : 'no') : when(rule));

/** Whether a field must be answered, and what else may give it its value. */
function requiredWhen({ kind, automatic, required, mustBeOn, fixed, default: defaults }: Field): string {
  if (automatic || kind === 'COMPUTED') return 'by the server';
  return [answers(required), ...(mustBeOn ? ['must be on'] : []), ...given('fixed to', fixed), ...given('at first', defaults)].join('; ');
}

const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const rowsOf = (fields: readonly Field[]): string[] => [
  row(['field', 'label', 'is', 'required', 'shown']),
  row(['---', '---', '---', '---', '---']),
  ...fields.map((field) => row([field.key, field.label['pt-BR'], isWhat(field), requiredWhen(field), when(field.visible)])),
];

const filesOf = ({ extensions, archivesOnly, maxFiles, maxBytes }: AttachmentPolicy): string =>
  `Files: up to ${maxFiles} of ${maxBytes / 1024 ** 2} MiB, ${extensions?.join(' or ') ?? 'any safe type'}${archivesOnly ? ', archives only' : ''}.`;

function stepsOf({ steps, attachmentPolicy, entitledBy }: Form): string {
  const tables = steps.flatMap(({ fields, submitLabel }) => [...rowsOf(fields), '', `Button: ${submitLabel['pt-BR']}`, '']);
  const who = entitledBy.length > 0 ? `Opened by clients entitled to ${or(entitledBy)}.` : 'Opened by every client.';
  return [...tables, `${who} ${filesOf(attachmentPolicy)}`].join('\n');
}

/** Forms that say the same of their own product and request type, told once. */
function together(forms: readonly Form[], tell: (form: Form) => string): string[] {
  const told = new Map<string, string[]>();
  for (const form of forms) {
    const own = tell(form)
      .replaceAll(form.product ?? '\0', 'its own product')
      .replaceAll(form.requestType, 'it');
    told.set(own, [...(told.get(own) ?? []), form.requestType]);
  }
  return [...told].flatMap(([words, types]) => (words === '' ? [] : [`## ${types.join(', ')}`, '', words, '']));
}

const preface = `# What is required when

Printed from the published forms by \`npm run print-forms\` in services/tickets; a test fails when it is stale. A condition looks at who opens and at fields above.
Whatever the form: a person of several organizations says for which one; staff open in the name of a client's contact, who may open; by phone only staff, for
clients entitled to \`PHONE\`, and then required answers may stay open: N1 completes the ticket. A hidden, fixed, automatic or computed
field refuses a value. An option lies below what was chosen above it, and is in use.
`;

/** Every form as tables for people: docs/guides/what-is-required-when.md. */
export function printForms(forms: readonly Form[]): string {
  const checklists = together(forms, ({ guidance }) => (guidance.length > 0 ? rowsOf(guidance).join('\n') : '')).map((line) =>
    line.replace(/^## /, '## Checklist of '),
  );
  return [preface, ...together(forms, stepsOf), ...checklists].join('\n');
}
