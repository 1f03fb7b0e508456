import type { Field, Form, Meaning } from '../form/form.ts';
import { isRestricted } from '../opening/ombudsman.ts';

/** What had happened, and how bad it was: that is said anew each time. */
const ofTheIncident: ReadonlySet<Meaning | undefined> = new Set<Meaning>([
  ...(['subject', 'summary', 'description', 'effect', 'impact', 'businessStoppage', 'inClientCustomization'] as const),
]);

/**
 * Keys of the fields whose last answer is worth beginning with: options, switches and short texts; of the checklist the single options.
 * No text where it was said in confidence, or by staff, whose next client is another one.
 */
export function templateKeys({ requestType, steps, guidance }: Form, byStaff: boolean): Set<string> {
  const isOfOneClient = byStaff || isRestricted(requestType);
  const isWorthIt = ({ kind, means }: Field): boolean =>
    !ofTheIncident.has(means) && (['SELECT', 'MULTI_SELECT', 'BOOLEAN'].includes(kind) || (kind === 'TEXT' && !isOfOneClient));
  const fields = steps.flatMap((step) => step.fields).filter(isWorthIt);
  return new Set([...fields, ...guidance.filter((item) => isWorthIt(item) && item.kind === 'SELECT')].map(({ key }) => key));
}
