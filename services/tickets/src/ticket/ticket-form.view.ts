import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import { OrganizationFact } from '../facts.ts';
import type { FieldOptionFace, RequestFormFace } from '../form/form.graphql.ts';
import { drawForm } from '../form/form.view.ts';
import { evaluateForm, type FieldState } from '../form/form-evaluation.ts';
import type { OptionRow } from '../form/form-option.view.ts';
import type { Language } from '../form/form-text.ts';
import { factsOf, openedContext } from '../opening/opening-context.ts';
import { reference } from '../people.graphql.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { TicketAnswerFace } from './ticket.graphql.ts';
import type { KeptAnswer } from './ticket.schema.ts';
import type { Ticket } from './ticket.ts';

/** The form of a ticket in the state that its answers gave it. */
export async function keptForm({ em, deps: { library }, language }: TicketsContext, ticket: Ticket): Promise<RequestFormFace | null> {
  const version = await library.version(ticket.formId);
  if (!version) return null;
  const form = library.formOf(version);
  const fact = await em.findOne(OrganizationFact, { id: ticket.organizationId });
  const context = openedContext(ticket, fact && factsOf(fact));
  // What was fixed or automatic stands among the answers too; that it is refused as an answer does not matter here.
  const evaluation = await evaluateForm(form, ticket.answers, context, asOnce(await library.catalogue()));
  return drawForm(
    { version, form, context, evaluation: { ...evaluation, fields: evaluation.fields.map(asKept(ticket.answers)) } },
    language,
  );
}

/** What was chosen counts as chosen, though it be retired since. */
const asOnce = (catalogue: CatalogueLookup): Pick<CatalogueLookup, 'load'> => ({
  load: async (request) => {
    const { entries, ...slice } = await catalogue.load(request);
    return { ...slice, entries: entries.map((entry) => ({ ...entry, retired: false })) };
  },
});

/** A label may name an answer: it reads as it did. */
function asKept(answers: readonly KeptAnswer[]): (state: FieldState) => FieldState {
  const labels = new Map(answers.map(({ field, label }) => [field, label]));
  return (state) => ({ ...state, label: labels.get(state.key) ?? state.label });
}

/** An entry of the catalogue that a ticket keeps the id of; retired ones are still called by their name. */
export async function keptOption({ load }: TicketsContext, id: string | null): Promise<FieldOptionFace | null> {
  return id === null ? null : load<OptionRow>('FieldOption', id);
}

/** Kept answers in one language. */
export const drawAnswers = (answers: readonly KeptAnswer[], language: Language): TicketAnswerFace[] =>
  answers.map(({ field, label, value, display, partyId = null }) => ({
    ...{ field, value, party: reference(partyId) },
    label: label[language],
    displayValue: display[language],
  }));
