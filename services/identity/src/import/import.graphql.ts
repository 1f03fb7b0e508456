import { enumOf, Guard, UserErrorFace, withItsParent } from '@atende/service';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ImportedLine, ImportReport } from './contact-import.ts';
import { type Outcome, outcomes } from './import-plan.ts';

export const OutcomeEnum = enumOf(outcomes, 'ImportOutcome', 'What became of one line of a file.', {
  UPDATED: 'Something of the contact is another now.',
  UNCHANGED: 'It is as the line says already.',
  REFUSED: 'Its errors say why; nothing of the line was done.',
});

@InputType('ImportContactsInput', { description: 'A list of contacts as a file. What a cell leaves empty stays as it is.' })
export class ImportContactsInput {
  @Field(() => String, { description: 'The caller’s own key of this call: the same key and input give the same report for a day.' })
  clientKey: string;
  @Field(() => ID, { nullable: true, description: 'The organization; may be absent for who administers only one.' })
  organizationId?: string | null;
  @Field(() => String, {
    description:
      'CSV with a header, separated by commas or semicolons, 1,000 contacts at most. Columns, by their names in Portuguese, English or Spanish: e-mail (required), name (required of new contacts), phone, language, time zone, scope, may open, administrator, service manager, active.',
  })
  csv: string;
  @Field(() => Boolean, { nullable: true, description: 'Only says what would happen.' })
  dryRun?: boolean | null;
}

@ObjectType('ContactImportLine', { description: 'What became of one line of the file.' })
@Guard(withItsParent)
export class ContactImportLineFace implements Pick<ImportedLine, 'line' | 'outcome'> {
  @Field(() => Int, { description: 'Where it stands in the file; the header is line 1.' })
  line: number;
  @Field(() => OutcomeEnum, { description: 'What became of it.' })
  outcome: Outcome;
}

@ObjectType('ContactImport', { description: 'The report of an import.' })
@Guard(withItsParent)
export class ContactImportFace implements ImportReport {
  @Field(() => Int, { description: 'How many contacts were added.' })
  created: number;
  @Field(() => Int, { description: 'How many were changed.' })
  updated: number;
  @Field(() => Int, { description: 'How many were as the file says already.' })
  unchanged: number;
  @Field(() => Int, { description: 'How many lines were refused.' })
  refused: number;
  @Field(() => [ContactImportLineFace], { description: 'Every line, in the order of the file.' })
  lines: ImportedLine[];
}

@ObjectType('ImportContactsPayload', { description: 'The report, or what is wrong with the file as a whole.' })
@Guard(withItsParent)
export class ImportContactsPayload {
  @Field(() => ContactImportFace, { nullable: true, description: 'What became of each line.' })
  report: ImportReport | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended before any line is read.' })
  errors: UserErrorFace[];
}
