import { conflict, ErrorCode, type Fault, type Language, notFound, Refused } from '@atende/service';
import { actIn } from '../act.ts';
import { contactFaults } from '../contact/contact-input.ts';
import { given } from '../given.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { Person } from './person.ts';
import type { UpdateProfileInput } from './profile.graphql.ts';

/** What a person says about themselves. No organization reads or writes it; a language counts from the next token on. */
export async function updateProfile(ctx: IdentityContext, { expectedVersion, ...typed }: UpdateProfileInput): Promise<void> {
  const faults = profileFaults(typed);
  if (faults.length > 0) throw new Refused(...faults);
  const { name, phone, language, timeZone } = typed;
  await ctx.em.transactional(async (em) => {
    const person = await em.findOne(Person, { id: ctx.viewer.personId ?? '' });
    if (!person) throw notFound();
    if (typeof expectedVersion === 'number' && expectedVersion !== person.version) throw conflict('This profile was changed meanwhile.');
    person.change(actIn(em, causeOf(ctx)), {
      ...given({ name: name?.trim(), language: language as Language | undefined, timeZone }),
      ...(phone !== undefined && { phone }),
    });
  });
}

function profileFaults(typed: Omit<UpdateProfileInput, 'expectedVersion'>): Fault[] {
  const nulls = (['language', 'timeZone'] as const).filter((field) => typed[field] === null);
  return [...contactFaults(typed), ...nulls.map((field) => ({ code: ErrorCode.REQUIRED, field: ['input', field] }))];
}
