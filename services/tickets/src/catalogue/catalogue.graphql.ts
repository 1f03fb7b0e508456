import {
  enumOf,
  Guard,
  PageInfoFace,
  supervisorOnly,
  type Texts,
  TextsFace,
  TextsInput,
  UserErrorFace,
  withItsParent,
} from '@atende/service';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FieldOptionFace } from '../form/form.graphql.ts';
import { type EnvironmentKind, environmentKinds } from './catalogue.ts';

export const EnvironmentKindEnum = enumOf(environmentKinds, 'EnvironmentKind', 'What an environment of a product is for.');

@InputType({ description: 'An entry of the catalogue to be taken out of use.' })
export class RetireCatalogueEntryInput {
  @Field(() => ID, { description: 'The entry; nothing below it can be chosen any more either.' })
  id: string;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the entry has another version.' })
  expectedVersion: number | null;
  @Field(() => ID, { nullable: true, description: 'The entry of the same list that is to be chosen instead.' })
  replacedById: string | null;
}

@ObjectType({ description: 'The entry after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class RetireCatalogueEntryPayload {
  @Field(() => FieldOptionFace, { nullable: true, description: 'The entry as it is now.' })
  entry?: FieldOptionFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}

@InputType({ description: 'An entry of the catalogue, new or changed. What is absent stays as it is.' })
export class SaveCatalogueEntryInput {
  @Field(() => String, { nullable: true, description: 'Of a new entry: a key of the caller’s own, a repeat with it gives the same entry.' })
  clientKey: string | null;
  @Field(() => ID, { nullable: true, description: 'The entry to change; a new one without it.' })
  id: string | null;
  @Field(() => Int, { nullable: true, description: 'CONFLICT when the entry has another version.' })
  expectedVersion: number | null;
  @Field(() => ID, { nullable: true, description: 'Of a new entry: what it stands below. It never moves.' })
  parentId: string | null;
  @Field(() => String, { nullable: true, description: 'Of a new entry, for ever: its list, a word in capitals such as ROUTINE_GROUP.' })
  level: string | null;
  @Field(() => String, { nullable: true, description: 'Of a new entry, for ever: letters, digits, “.”, “_” and “-”, 64 at most.' })
  code: string | null;
  @Field(() => TextsInput, { nullable: true, description: 'What it is called; required of a new one.' })
  labels: TextsInput | null;
  @Field(() => TextsInput, { nullable: true, description: 'What it means; null: nothing is said.' })
  help: TextsInput | null;
  @Field(() => [String], { nullable: true, description: 'What people call it besides, 30 at most.' })
  aliases: string[] | null;
  @Field(() => String, { nullable: true, description: 'The code of its service group; null: that of the nearest entry above.' })
  serviceGroup: string | null;
  @Field(() => EnvironmentKindEnum, { nullable: true, description: 'Of an environment, required: what it is for.' })
  kind: EnvironmentKind | null;
  @Field(() => Int, { nullable: true, description: 'Orders short lists; equal positions are sorted by label.' })
  position: number | null;
}

@ObjectType('CatalogueEntry', { description: 'An entry of the catalogue as supervisors keep it.' })
@Guard(supervisorOnly)
export class CatalogueEntryFace {
  @Field(() => ID, { description: 'The id of the option that it is.' })
  id: string;
  @Field(() => ID, { nullable: true, description: 'The entry above it.' })
  parentId: string | null;
  @Field(() => String, { description: 'Where it stands, in codes from the root down; never changes.' })
  path: string;
  @Field(() => String, { description: 'Its list, e.g. MODULE.' })
  level: string;
  @Field(() => String, { description: 'Its code.' })
  code: string;
  @Field(() => TextsFace, { description: 'What it is called.' })
  labels: Texts;
  @Field(() => TextsFace, { nullable: true, description: 'What it means.' })
  help: Texts | null;
  @Field(() => [String], { description: 'What people call it besides.' })
  aliases: string[];
  @Field(() => EnvironmentKindEnum, { nullable: true, description: 'What an environment is for.' })
  kind: EnvironmentKind | null;
  @Field(() => Int, { description: 'Orders short lists.' })
  position: number;
  @Field(() => ID, { nullable: true, description: 'What is to be chosen instead of a retired one.' })
  replacedById: string | null;
  @Field(() => Int, { description: 'Counts changes; give it as `expectedVersion`.' })
  version: number;
  @Field(() => Boolean, { description: 'Whether anything stands below it.' })
  children: boolean;
}

@ObjectType({ description: 'An entry in a page.' })
@Guard(withItsParent)
export class CatalogueEntryEdge {
  @Field(() => CatalogueEntryFace, { description: 'The entry.' })
  node: CatalogueEntryFace;
  @Field(() => String, { description: 'Where it stands.' })
  cursor: string;
}

@ObjectType({ description: 'A page of the catalogue.' })
@Guard(withItsParent)
export class CatalogueEntryConnection {
  @Field(() => [CatalogueEntryEdge], { description: 'The page.' })
  edges: CatalogueEntryEdge[];
  @Field(() => PageInfoFace, { description: 'What stands around it.' })
  pageInfo: PageInfoFace;
}

@ObjectType({ description: 'The entry after the mutation, or why it was refused.' })
@Guard(withItsParent)
export class SaveCatalogueEntryPayload {
  @Field(() => CatalogueEntryFace, { nullable: true, description: 'The entry as it is now.' })
  entry?: CatalogueEntryFace | null;
  @Field(() => [UserErrorFace], { description: 'Everything that is wrong, at once.' })
  errors: UserErrorFace[];
}

export const CatalogueStateEnum = enumOf(['IN_USE', 'OUT_OF_USE', 'ANY'], 'CatalogueState', 'Whether an entry can be chosen.', {
  OUT_OF_USE: 'It is retired, or something above it is.',
});

@InputType({ description: 'Which entries. Without anything: those that stand below nothing.' })
export class CatalogueFilter {
  @Field(() => ID, { nullable: true, description: 'Right below this entry.' })
  parentId: string | null;
  @Field(() => Boolean, { nullable: true, description: 'However deep: below `parentId`, else anywhere.' })
  deep: boolean | null;
  @Field(() => [String], { nullable: true, description: 'Of these lists, e.g. MODULE.' })
  level: string[] | null;
  @Field(() => CatalogueStateEnum, { nullable: true, description: 'ANY unless said.' })
  state: 'IN_USE' | 'OUT_OF_USE' | 'ANY' | null;
  @Field(() => String, {
    nullable: true,
    description: 'Beginnings of words of label, code or alias, in any language; accents do not matter.',
  })
  search: string | null;
}

@ArgsType()
export class CatalogueEntriesArgs {
  @Field(() => CatalogueFilter, { nullable: true, description: 'Which.' })
  filter: CatalogueFilter | null;
  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100.' })
  first: number | null;
  @Field(() => String, { nullable: true, description: 'After this cursor.' })
  after: string | null;
}
