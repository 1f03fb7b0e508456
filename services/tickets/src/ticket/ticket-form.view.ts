import type { CatalogueLookup } from '../catalogue/catalogue.ts';
import { OrganizationFact } from '../facts.ts';
import type { FieldOptionFace, RequestFormFace } from '../form/form.graphql.ts';
import { drawForm } from '../form/form.view.ts';
import { evaluateForm } from '../form/form-evaluation.ts';
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
  const evaluation = await evaluateForm(form, ticket.answers, context, asOnce(await library.catalogue(), ticket.answers));
  return drawForm({ version, form, context, evaluation }, language);
}

/** The catalogue as it was for these answers: what was chosen is still called what it was, and counts, though it be retired since. */
function asOnce(catalogue: CatalogueLookup, answers: readonly KeptAnswer[]): Pick<CatalogueLookup, 'load'> {
  const names = new Map(answers.map(({ value, display }) => [value, { labels: display, trail: [] }]));
  return {
    load: async (request) => {
      const { entries, filled } = await catalogue.load(request);
      const chosen = entries.filter(({ id }) => names.has(id));
      return {
        entries: entries.map((entry) => ({ ...entry, ...names.get(entry.id), retired: false })),
        filled: request.scopes.map(({ levels }, at) => filled[at] || chosen.some(({ level }) => levels.includes(level))),
      };
    },
  };
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
