import type { Person } from './portal.ts';

export interface Filled {
  formId: string;
  answers: { field: string; value: unknown }[];
}

const FORM = `query ($type: String!, $context: OpeningContextInput) {
  requestForm(requestType: $type, context: $context) { id steps { fields { key kind hasOptions } } }
}`;
const STATE = `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) {
  evaluateForm(formId: $formId, answers: $answers, context: $context) { fields { key visible required value } }
}`;
const OPTIONS = `query ($formId: ID!, $field: String!, $answers: [AnswerInput!]) {
  fieldOptions(formId: $formId, field: $field, answers: $answers, first: 1) { edges { node { id } } }
}`;

/**
 * Fills in a form like a front end that knows no rule: it asks for the form, then, field by field, for the next state
 * and for options. Texts may be given by key.
 */
export async function fill(
  person: Person,
  requestType: string,
  texts: Record<string, unknown> = {},
  context: object | null = null,
): Promise<Filled> {
  const { requestForm } = await person.get(FORM, { type: requestType, context });
  const formId: string = requestForm.id;
  const answers: Filled['answers'] = [];
  for (const { key, kind, hasOptions } of requestForm.steps.flatMap((step: { fields: unknown[] }) => step.fields)) {
    const { evaluateForm } = await person.get(STATE, { formId, answers, context });
    const now = evaluateForm.fields.find((field: { key: string }) => field.key === key);
    if (!now.visible || !now.required || now.value !== null) continue;
    answers.push({
      field: key,
      value:
        texts[key] ??
        (hasOptions ? await firstOption(person, { formId, field: key, answers }) : kind === 'BOOLEAN' ? true : `Texto de ${key}`),
    });
  }
  return { formId, answers };
}

async function firstOption(person: Person, variables: object): Promise<string> {
  const { fieldOptions } = await person.get(OPTIONS, variables);
  return fieldOptions.edges[0]?.node.id;
}

let keys = 0;
/** A client's own key, new each time. */
export function clientKey(): string {
  keys += 1;
  return `journey-${process.pid}-${keys}`;
}

/** Opens a ticket. */
export async function open(
  person: Person,
  requestType: string,
  input: object = {},
  texts: Record<string, unknown> = {},
): Promise<{ id: string; number: string }> {
  const filled = await fill(person, requestType, texts);
  const { openTicket } = await person.get(
    'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number } errors { code field message } } }',
    { input: { clientKey: clientKey(), ...filled, ...input } },
  );
  if (!openTicket.ticket) throw new Error(JSON.stringify(openTicket.errors));
  return openTicket.ticket;
}

/** The receipt comes when the content has passed. */
export async function receiptOf(person: Person, id: string): Promise<string> {
  for (let look = 0; look < 50; look++) {
    const { attachment } = await person.get('query ($id: ID!) { attachment(id: $id) { receipt status refusal } }', { id });
    if (attachment.receipt) return attachment.receipt;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the file never passed');
}
