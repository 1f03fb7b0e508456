import { Guard } from '@atende/service';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { FieldOptionFace } from '../form/form.graphql.ts';
import type { OptionRow } from '../form/form-option.view.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import {
  CatalogueEntriesArgs,
  CatalogueEntryConnection,
  CatalogueEntryFace,
  RetireCatalogueEntryInput,
  RetireCatalogueEntryPayload,
  SaveCatalogueEntryInput,
  SaveCatalogueEntryPayload,
} from './catalogue.graphql.ts';
import { catalogueEntries, entryNow } from './catalogue.queries.ts';
import type { ListedEntry } from './catalogue.ts';
import { saveEntry } from './catalogue-save.deeds.ts';
import { retireEntry } from './retirement.deeds.ts';

@Resolver(() => FieldOptionFace)
export class CatalogueResolver {
  @Mutation(() => RetireCatalogueEntryPayload, {
    description: 'Takes an entry of the catalogue out of use; old tickets keep their labels.',
  })
  @Guard(bySupervisor)
  async retireCatalogueEntry(
    @Arg('input', () => RetireCatalogueEntryInput, { description: 'Which, and what takes its place.' }) input: RetireCatalogueEntryInput,
    @Ctx() context: TicketsContext,
  ): Promise<RetireCatalogueEntryPayload> {
    await retireEntry(context, input);
    return { entry: await context.load<OptionRow>('FieldOption', input.id), errors: [] };
  }

  @FieldResolver(() => FieldOptionFace, { nullable: true, description: 'What is to be chosen instead of a retired one.' })
  replacedBy(@Root() { replacedById }: OptionRow, @Ctx() { load }: TicketsContext): Promise<OptionRow | null> | null {
    return replacedById === null ? null : load<OptionRow>('FieldOption', replacedById);
  }
}

@Resolver(() => CatalogueEntryFace)
export class CatalogueEntryResolver {
  @Query(() => CatalogueEntryConnection, { description: 'The catalogue as supervisors keep it, level by level, or what a search finds.' })
  @Guard(bySupervisor)
  catalogueEntries(
    @Args(() => CatalogueEntriesArgs) args: CatalogueEntriesArgs,
    @Ctx() context: TicketsContext,
  ): Promise<CatalogueEntryConnection> {
    return catalogueEntries(context, args);
  }

  @Mutation(() => SaveCatalogueEntryPayload, {
    description: 'Makes an entry of the catalogue, or changes one; old tickets keep their labels.',
  })
  @Guard(bySupervisor)
  async saveCatalogueEntry(
    @Arg('input', () => SaveCatalogueEntryInput, { description: 'The entry.' }) input: SaveCatalogueEntryInput,
    @Ctx() context: TicketsContext,
  ): Promise<SaveCatalogueEntryPayload> {
    return { entry: await entryNow(context, await saveEntry(context, input)), errors: [] };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Its own service group; null where it takes that of the nearest entry above.',
  })
  serviceGroup(@Root() { own }: ListedEntry): string | null {
    return own.serviceGroup;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The service group that counts, its own or inherited.' })
  effectiveServiceGroup(@Root() { serviceGroup }: ListedEntry): string | null {
    return serviceGroup;
  }

  @FieldResolver(() => Boolean, { description: 'Whether it was taken out of use itself.' })
  retired(@Root() { own }: ListedEntry): boolean {
    return own.retired;
  }

  @FieldResolver(() => Boolean, { description: 'Whether nobody can choose it: it is retired, or something above it is.' })
  outOfUse(@Root() { retired }: ListedEntry): boolean {
    return retired;
  }

  @FieldResolver(() => [String], { description: 'What the entries above it are called, in the caller’s language, from the root down.' })
  trail(@Root() { trail }: ListedEntry, @Ctx() { language }: TicketsContext): string[] {
    return trail.map((labels) => labels[language]);
  }
}
