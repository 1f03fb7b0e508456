import { Guard, signedIn } from '@atende/service';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Analyst, reference } from '../people.graphql.ts';
import { bySupervisor } from '../ticket/ticket.policy.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { defectMessage } from './form-defect-messages.ts';
import { changesBetween } from './form-diff.queries.ts';
import { discardFormDraft, saveFormDraft } from './form-draft.deeds.ts';
import {
  FormChangeFace,
  FormDefectFace,
  FormVersionFace,
  FormVersionInput,
  FormVersionPayload,
  SaveFormDraftInput,
} from './form-editing.graphql.ts';
import { type FormVersionRow, formsInWork, versionById, versionsOf } from './form-editing.view.ts';
import { judged } from './form-judgement.ts';
import { publishForm, withdrawForm } from './form-publication.deeds.ts';
import { formDefinitionSchema } from './form-schema.ts';

@Resolver(() => FormVersionFace)
export class FormEditingResolver {
  @Query(() => [FormVersionFace], { description: 'The versions of the form of a request type, the newest first; drafts for supervisors.' })
  @Guard(signedIn)
  formVersions(
    @Arg('requestType', () => String, { description: 'Its code.' }) requestType: string,
    @Ctx() context: TicketsContext,
  ): Promise<FormVersionRow[]> {
    return versionsOf(context, requestType);
  }

  @Query(() => [FormVersionFace], { description: 'Of every request type its draft and its last version, in use or withdrawn.' })
  @Guard(bySupervisor)
  forms(@Ctx() context: TicketsContext): Promise<FormVersionRow[]> {
    return formsInWork(context);
  }

  @Query(() => [FormChangeFace], { description: 'What a version of a form says otherwise than another, of the same request type or not.' })
  @Guard(bySupervisor)
  formDiff(
    @Arg('from', () => ID, { description: 'The earlier one.' }) from: string,
    @Arg('to', () => ID, { description: 'The later one; a draft, as a rule.' }) to: string,
    @Ctx() context: TicketsContext,
  ): Promise<FormChangeFace[]> {
    return changesBetween(context, from, to);
  }

  @Query(() => String, { description: 'What the definition of a form may hold: a JSON Schema (2020-12), as text.' })
  @Guard(bySupervisor)
  formDefinitionSchema(): string {
    return formDefinitionSchema;
  }

  @Mutation(() => FormVersionPayload, {
    description: 'Begins the next version of a form, or saves it. It is kept whatever is wrong with it.',
  })
  @Guard(bySupervisor)
  async saveFormDraft(
    @Arg('input', () => SaveFormDraftInput, { description: 'The draft.' }) input: SaveFormDraftInput,
    @Ctx() context: TicketsContext,
  ): Promise<FormVersionPayload> {
    return { formVersion: await versionById(context, await saveFormDraft(context, input)), errors: [] };
  }

  @Mutation(() => FormVersionPayload, { description: 'Throws a draft away.' })
  @Guard(bySupervisor)
  async discardFormDraft(
    @Arg('input', () => FormVersionInput, { description: 'The draft.' }) input: FormVersionInput,
    @Ctx() context: TicketsContext,
  ): Promise<FormVersionPayload> {
    await discardFormDraft(context, input);
    return { errors: [] };
  }

  @Mutation(() => FormVersionPayload, {
    description: 'From now on tickets of the request type are opened with the draft. Refused while it has defects, all of them at once.',
  })
  @Guard(bySupervisor)
  async publishForm(
    @Arg('input', () => FormVersionInput, { description: 'The draft.' }) input: FormVersionInput,
    @Ctx() context: TicketsContext,
  ): Promise<FormVersionPayload> {
    return { formVersion: await versionById(context, await publishForm(context, input)), errors: [] };
  }

  @Mutation(() => FormVersionPayload, { description: 'Takes a request type out of the menu; publishing a draft of it brings it back.' })
  @Guard(bySupervisor)
  async withdrawForm(
    @Arg('input', () => FormVersionInput, { description: 'The published version.' }) input: FormVersionInput,
    @Ctx() context: TicketsContext,
  ): Promise<FormVersionPayload> {
    return { formVersion: await versionById(context, await withdrawForm(context, input)), errors: [] };
  }

  @FieldResolver(() => Analyst, { nullable: true, description: 'Who saved the draft last, or published the version; null: the system.' })
  author(@Root() { authorId }: FormVersionRow): { id: string } | null {
    return reference(authorId);
  }

  @FieldResolver(() => [FormDefectFace], { description: 'Everything that keeps a draft from being published.' })
  async defects(@Root() { draft }: FormVersionRow, @Ctx() { em, deps, language }: TicketsContext): Promise<FormDefectFace[]> {
    if (!draft) return [];
    const { defects } = await judged(em, deps.library, draft);
    return defects.map((defect) => ({ ...defect, message: defectMessage(defect, language) }));
  }
}
