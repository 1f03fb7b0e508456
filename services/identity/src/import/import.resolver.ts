import { ForKeys, Guard, messages as house, signedIn, toUserErrors, UserErrorFace } from '@atende/service';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../identity-context.ts';
import { messages } from '../messages.ts';
import type { ImportedLine } from './contact-import.ts';
import { importContacts } from './import.deeds.ts';
import { ContactImportLineFace, ImportContactsInput, ImportContactsPayload } from './import.graphql.ts';

const spoken = { ...house, ...messages };

@Resolver(() => ContactImportLineFace)
export class ImportResolver {
  @Mutation(() => ImportContactsPayload, {
    description:
      'Adds and changes contacts by a file, with a report per line: of an organization the viewer administers, of any for supervisors. The same file again changes nothing.',
  })
  @Guard(signedIn)
  @ForKeys('MANAGE_CONTACTS')
  async importContacts(
    @Arg('input', () => ImportContactsInput, { description: 'The file.' }) input: ImportContactsInput,
    @Ctx() ctx: IdentityContext,
  ): Promise<ImportContactsPayload> {
    return { report: await importContacts(ctx, input), errors: [] };
  }

  @FieldResolver(() => [UserErrorFace], { description: 'Why the line was refused; the field is a column.' })
  errors(@Root() { faults }: ImportedLine, @Ctx() { language }: IdentityContext): UserErrorFace[] {
    return toUserErrors(faults, language, spoken);
  }
}
