import { conflict, ErrorCode, type Fault, isLine, Refused, textsFaults, textsFrom } from '@atende/service';
import { actIn } from '../act.ts';
import { contactFaults, faultsUnder } from '../contact/contact-input.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import type { HelpContactInput, SaveHelpContactsInput } from './help-contact.graphql.ts';
import { helpContacts } from './help-contact.queries.ts';
import { replaceHelpContacts } from './help-contact.ts';

const MOST = 20;
const MAX_OPTION = 20; // characters

/** Sets the whole list: whoever cannot sign in always finds somebody to call, so it is never empty. */
export async function saveHelpContacts(ctx: IdentityContext, { contacts, expectedVersion }: SaveHelpContactsInput): Promise<void> {
  const faults = contacts.length > MOST ? [tooMany] : [...(contacts.length > 0 ? [] : [none]), ...contacts.flatMap(helpFaults)];
  if (faults.length > 0) throw new Refused(...faults);
  await ctx.em.transactional(async (em) => {
    const version = (await helpContacts(em))[0]?.version ?? 0;
    if (typeof expectedVersion === 'number' && expectedVersion !== version) throw conflict('Someone else changed this list meanwhile.');
    const drafts = contacts.map(({ phone, option, purpose, description, hours }) => ({
      ...{ phone, purpose, option: option?.trim() || null },
      ...{ descriptions: textsFrom(description), hours: textsFrom(hours) },
    }));
    await replaceHelpContacts(em, actIn(em, causeOf(ctx)), drafts, version);
  });
}

const field = ['input', 'contacts'];
const none: Fault = { code: ErrorCode.REQUIRED, field };
const tooMany: Fault = { code: ErrorCode.TOO_MANY, field, params: { max: MOST } };

function helpFaults({ phone, option, description, hours }: HelpContactInput, at: number): Fault[] {
  const path = [...field, String(at)];
  return [
    ...faultsUnder(path, contactFaults({ phone })),
    ...(option && !isLine(option, MAX_OPTION) ? [{ code: ErrorCode.BAD_USER_INPUT, field: [...path, 'option'] }] : []),
    ...textsFaults(description, [...path, 'description']),
    ...textsFaults(hours, [...path, 'hours']),
  ];
}
