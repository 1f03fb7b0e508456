import type { EntityManager } from '@mikro-orm/postgresql';
import type { CatalogueEntry, ResolvedEntry } from '../catalogue/catalogue.ts';
import { OrganizationFact } from '../facts.ts';
import { fieldsOf } from '../form/form.ts';
import type { Value } from '../form/form-answer.ts';
import type { Chosen } from '../form/form-evaluation.ts';
import type { FormLibrary } from '../form/form-library.ts';
import { canonicalOf } from '../form/form-meaning.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type CriticalityInput, criticalityInput, nothingSaid } from './criticality.ts';

/** What the kept answers of tickets say today where criticality is decided: by the form that each was opened with, in their order. */
export async function factsOfTickets(em: EntityManager, library: FormLibrary, tickets: readonly Ticket[]): Promise<CriticalityInput[]> {
  const organizations = await em.find(OrganizationFact, { id: { $in: [...new Set(tickets.map((ticket) => ticket.organizationId))] } });
  const plans = new Map(organizations.map(({ id, plan }) => [id, plan]));
  const ids = new Set(tickets.flatMap(({ answers }) => answers.flatMap(({ value }) => textsIn(value))));
  const entries = new Map((await (await library.catalogue()).listed([...ids])).map((entry) => [entry.id, entry]));
  return Promise.all(
    tickets.map(async ({ formId, organizationId, answers }) => {
      const version = await library.version(formId);
      if (!version) return nothingSaid;
      const fields = new Map(fieldsOf(library.formOf(version)).map((field) => [field.key, field]));
      const chosen = answers.flatMap(({ field: key, value, ...shown }): [string, Chosen][] => {
        const field = fields.get(key);
        return field ? [[key, { ...shown, field, value: value as Value, entries: entriesOf(value, entries), answered: true }]] : [];
      });
      return criticalityInput(canonicalOf(new Map(chosen), null), plans.get(organizationId) ?? null);
    }),
  );
}

const textsIn = (value: unknown): string[] => [value].flat().filter((part) => typeof part === 'string');

const entriesOf = (value: unknown, entries: ReadonlyMap<CatalogueEntry['id'], ResolvedEntry>): ResolvedEntry[] =>
  textsIn(value).flatMap((id) => entries.get(id) ?? []);
