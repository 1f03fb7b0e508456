import { enumOf, Guard, PageInfoFace, UserErrorFace, withItsParent } from '@atende/service';
import { ArgsType, Field, InputType, Int, ObjectType } from 'type-graphql';
import { type CatalogueOutcome, catalogueOutcomes } from '../catalogue/catalogue-plan.ts';
import { type CatalogueFormat, type CatalogueReport, catalogueFormats, type ImportedLine } from './catalogue-import.ts';

export const CatalogueFormatEnum = enumOf(catalogueFormats, 'CatalogueFormat', 'How a file of the catalogue is written.');

export const CatalogueOutcomeEnum = enumOf(catalogueOutcomes, 'CatalogueOutcome', 'What becomes of one line of a file.', {
  RETIRED: 'It is taken out of use, and may be changed besides.',
  UNCHANGED: 'It is as the line says already.',
  REFUSED: 'Its errors say why; nothing of the whole file is done.',
});

@InputType({ description: 'A part of a file that is too long for one call.' })
export class StageCatalogueFileInput {
  @Field(() => String, { description: 'The key that the import will have.' })
  clientKey: string;
  @Field(() => Int, { description: 'Which part, from 1; in any order. The same part again must be the same text.' })
  part: number;
  @Field(() => String, { description: 'The text; parts may end anywhere.' })
  content: string;
}

@ObjectType({ description: 'How much of the file is there, or why the part was refused.' })
@Guard(withItsParent)
export class StageCatalogueFilePayload {
  @Field(() => Int, { nullable: true, description: 'How many parts are there.' })
  parts: number | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}

@InputType({ description: 'A file of entries: all of it is done, or nothing.' })
export class ImportCatalogueInput {
  @Field(() => String, { description: 'The caller’s own key of this call: the same key and input give the same report for a day.' })
  clientKey: string;
  @Field(() => CatalogueFormatEnum, { description: 'How it is written.' })
  format: CatalogueFormat;
  @Field(() => String, {
    nullable: true,
    description:
      'The file, 50,000 entries at most. CSV with a header, by commas or semicolons: parent (a path), level, code (both required), label pt-BR, label en, label es, help pt-BR, help en, help es, aliases (parted by |), service group, kind, position, retired, replaced by (a path), version. An absent column leaves everything as it is, an empty cell says that there is none. JSON: a list of objects with parent, level, code, labels { ptBR en es }, help, aliases, serviceGroup, kind, position, retired, replacedBy, version. A line with a version changes only an entry that still has it.',
  })
  content: string | null;
  @Field(() => Int, { nullable: true, description: 'Instead of `content`: in how many parts the file was sent by `stageCatalogueFile`.' })
  parts: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Only says what would happen.' })
  dryRun: boolean | null;
}

@ObjectType('CatalogueImportLine', { description: 'What becomes of one line of a file.' })
@Guard(withItsParent)
export class CatalogueImportLineFace implements Pick<ImportedLine, 'line' | 'outcome'> {
  @Field(() => Int, { description: 'CSV: where it ends in the file, the header is line 1. JSON: which entry, from 1.' })
  line: number;
  @Field(() => CatalogueOutcomeEnum, { description: 'What becomes of it.' })
  outcome: CatalogueOutcome;
}

@ObjectType({ description: 'A line in a page.' })
@Guard(withItsParent)
export class CatalogueImportLineEdge {
  @Field(() => CatalogueImportLineFace, { description: 'The line.' })
  node: ImportedLine;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType({ description: 'A page of a report.' })
@Guard(withItsParent)
export class CatalogueImportLineConnection {
  @Field(() => [CatalogueImportLineEdge], { description: 'The page.' })
  edges: CatalogueImportLineEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@ArgsType()
export class CatalogueImportLineArgs {
  @Field(() => [CatalogueOutcomeEnum], { nullable: true, description: 'Only those with one of these.' })
  outcome: CatalogueOutcome[] | null;
  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100.' })
  first: number | null;
  @Field(() => String, { nullable: true, description: 'After this cursor.' })
  after: string | null;
}

@ObjectType('CatalogueImport', { description: 'The report of an import.' })
@Guard(withItsParent)
export class CatalogueImportFace implements Pick<CatalogueReport, 'applied'> {
  @Field(() => Boolean, { description: 'Whether it was done: not in a dry run, and not when any line is refused.' })
  applied: boolean;
}

@ObjectType({ description: 'The report, or what is wrong with the file as a whole.' })
@Guard(withItsParent)
export class ImportCataloguePayload {
  @Field(() => CatalogueImportFace, { nullable: true, description: 'What becomes of each line.' })
  report: CatalogueReport | null;
  @Field(() => [UserErrorFace], { description: 'Everything that must be mended before any line is read.' })
  errors: UserErrorFace[];
}

@ObjectType('CatalogueExport', { description: 'A piece of the catalogue as a file; the pieces one after the other are the file.' })
@Guard(withItsParent)
export class CatalogueExportFace {
  @Field(() => String, { description: 'The text.' })
  content: string;
  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next piece; null after the last one.' })
  next: string | null;
}
