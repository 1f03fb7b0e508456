import { Guard } from '@atende/service';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { FieldOptionFace } from '../form/form.graphql.ts';
import type { OptionRow } from '../form/form-option.view.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { retireEntry } from './catalogue.deeds.ts';
import { RetireCatalogueEntryInput, RetireCatalogueEntryPayload } from './catalogue.graphql.ts';

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
