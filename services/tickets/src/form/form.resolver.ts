import { ErrorCode, Guard, isId, isStaff, RequestError, signedIn } from '@atende/service';
import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { formOnTrial } from '../editing/form-trial.queries.ts';
import { OrganizationFact } from '../facts.ts';
import type { TicketsContext } from '../tickets-context.ts';
import {
  AnswerInput,
  FieldOptionConnection,
  FieldOptionFace,
  OpeningContextInput,
  RequestFormFace,
  ServiceAreaFace,
} from './form.graphql.ts';
import { serviceAreas } from './form.ts';
import { drawEvaluation, drawForm } from './form.view.ts';
import { serviceAreaLabels } from './form-areas.ts';
import { FormEvaluationFace } from './form-evaluation.graphql.ts';
import { type EvaluatedOpening, evaluateOpening } from './form-opening.ts';
import { chosenAbove, optionsOf } from './form-options.queries.ts';
import type { OpenableForm } from './form-version.ts';
import { recentOptions } from './recent-options.queries.ts';

@Resolver()
export class FormResolver {
  @Query(() => [ServiceAreaFace], { description: 'The menu: what the viewer may open. Staff see everything.' })
  @Guard(signedIn)
  async serviceAreas(@Ctx() context: TicketsContext): Promise<ServiceAreaFace[]> {
    const { library } = context.deps;
    const entitlements = await entitlementsOf(context);
    if (entitlements === null) return [];
    const forms = (await library.published()).map((version) => ({ version, form: library.formOf(version) }));
    const open = forms.filter(
      ({ form: { entitledBy } }) => entitlements === 'ALL' || entitledBy.length === 0 || entitledBy.some((name) => entitlements.has(name)),
    );
    return serviceAreas.flatMap((code) => {
      const own = open.filter(({ form }) => form.serviceArea === code);
      const requestTypes = own.map(({ version, form }) => ({
        code: form.requestType,
        title: form.title[context.language],
        formId: version.id,
      }));
      return own.length === 0 ? [] : [{ code, label: serviceAreaLabels[code][context.language], requestTypes }];
    });
  }

  @Query(() => RequestFormFace, {
    nullable: true,
    description: 'The published form of a request type, or a certain version, for supervisors also of a draft; null when there is none.',
  })
  @Guard(signedIn)
  async requestForm(
    @Arg('requestType', () => String, { description: 'Its code, e.g. technical-support.' }) requestType: string,
    @Arg('version', () => Int, { nullable: true, description: 'The published one when absent.' }) version: number | null,
    @Arg('context', () => OpeningContextInput, { nullable: true, description: 'For whom it is drawn.' })
    input: OpeningContextInput | null,
    @Ctx() context: TicketsContext,
  ): Promise<RequestFormFace | null> {
    const known = await context.deps.library.ofType(requestType, version);
    const found = known ?? (version ? await formOnTrial(context, { requestType, version }) : null);
    return found ? drawForm(await evaluated(context, found, [], input), context.language) : null;
  }

  @Query(() => FormEvaluationFace, {
    description:
      'Everything a front end needs to draw the next state of a form. A supervisor may try out a draft, for any `organizationId`.',
  })
  @Guard(signedIn)
  async evaluateForm(
    @Arg('formId', () => ID, { description: 'Which form.' }) formId: string,
    @Arg('answers', () => [AnswerInput], { description: 'What was answered so far.' }) answers: AnswerInput[],
    @Arg('context', () => OpeningContextInput, { nullable: true, description: 'For whom it is opened.' })
    input: OpeningContextInput | null,
    @Ctx() context: TicketsContext,
  ): Promise<FormEvaluationFace> {
    const opening = await evaluated(context, await formById(context, formId), answers, input);
    return drawEvaluation(opening, await context.deps.library.decisionTable(), context.language);
  }

  @Query(() => FieldOptionConnection, { description: 'A page of the options of a field, below what was chosen above it.' })
  @Guard(signedIn)
  async fieldOptions(
    @Arg('formId', () => ID, { description: 'Which form.' }) formId: string,
    @Arg('field', () => String, { description: 'Key of the field.' }) field: string,
    @Arg('parent', () => ID, { nullable: true, description: 'The option chosen above it.' }) parent: string | null,
    @Arg('answers', () => [AnswerInput], { nullable: true, description: 'Instead of `parent`: all answers so far.' }) answers:
      | AnswerInput[]
      | null,
    @Arg('context', () => OpeningContextInput, { nullable: true, description: 'For whom it is opened.' })
    input: OpeningContextInput | null,
    @Arg('search', () => String, { nullable: true, description: 'Beginnings of words; accents do not matter.' }) search: string | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'After this cursor.' }) after: string | null,
    @Ctx() context: TicketsContext,
  ): Promise<FieldOptionConnection> {
    const version = await formById(context, formId);
    const above = parent ?? (answers ? chosenAbove(field, await evaluated(context, version, answers, input)) : null);
    const { library } = context.deps;
    return optionsOf(library.formOf(version), await library.catalogue(), { field, above, search, first, after }, context.language);
  }

  @Query(() => [FieldOptionFace], {
    description: 'Options that the viewer chose last in tickets of their own, in every form that offers the list; the last one first.',
  })
  @Guard(signedIn)
  recentOptions(
    @Arg('field', () => String, { description: 'Key of the field, as forms call it.' }) field: string,
    @Arg('parent', () => ID, { nullable: true, description: 'The option chosen above it.' }) parent: string | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100; 10 when absent.' }) first: number | null,
    @Ctx() context: TicketsContext,
  ): Promise<FieldOptionFace[]> {
    return recentOptions(context, { field, parent, first });
  }
}

async function formById(context: TicketsContext, id: string): Promise<OpenableForm> {
  const version = (await context.deps.library.version(id)) ?? (isId('frm', id) ? await formOnTrial(context, { id }) : null);
  if (!version) throw new RequestError(ErrorCode.NOT_FOUND, 'There is no such form.');
  return version;
}

const evaluated = (
  context: TicketsContext,
  version: OpenableForm,
  answers: AnswerInput[],
  input: OpeningContextInput | null,
): Promise<EvaluatedOpening> => evaluateOpening(context, context.em, version, { ...input, answers });

/** What the viewer's organizations are entitled to, together. Null: nothing may be opened. */
async function entitlementsOf({ em, viewer }: TicketsContext): Promise<Set<string> | 'ALL' | null> {
  if (isStaff(viewer)) return 'ALL';
  const ids = viewer.contacts.filter((contact) => contact.mayOpen).map((contact) => contact.organizationId);
  if (ids.length === 0) return null;
  const organizations = await em.find(OrganizationFact, { id: { $in: ids } });
  return new Set(organizations.flatMap(({ entitlements }) => entitlements));
}
