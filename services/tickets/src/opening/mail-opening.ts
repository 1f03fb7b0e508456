import { ErrorCode, RequestError } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ContactFact } from '../facts.ts';
import { type Form, fieldsOf, type Meaning } from '../form/form.ts';
import { canonicalText } from '../form/form-answer.ts';
import type { Answer } from '../form/form-catalogue.ts';
import type { AttachmentFact, FormContext } from '../form/form-context.ts';
import { evaluateForm, type FormEvaluation } from '../form/form-evaluation.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { Moment } from '../ticket/ticket-acting.ts';
import type { TicketsDeps } from '../tickets-context.ts';
import { bear } from './opening.ts';
import { factsOf, knownOrganization } from './opening-context.ts';

/** A message that somebody sent to a mailbox, as far as a ticket is made of it. Its sender was proved before. */
export interface Mail {
  /** Of the ticket; made from the message's own, so that a repeat finds it. */
  id: string;
  organizationId: string;
  contactId: string;
  subject: string;
  text: string;
  files: Omit<AttachmentFact, 'place'>[];
  mailbox: {
    /** Code of the request type that it proposes; N1 may choose another. */
    requestType: string;
    /** Path of the product in the catalogue, where the mailbox is one product's. */
    productLine: string | null;
    /** Mails to it are a managed client's, whatever the organization's own flag says. */
    bso: boolean;
    /** Code of the group that classifies. */
    triageGroup: string;
  };
}

const LONGEST_SUBJECT = 255; // characters, as of any form
const LONGEST_TEXT = 60_000;

/**
 * Opens a ticket that N1 classifies (domain 2.7) in the caller's transaction. A mail is never refused for what it says or lacks: what does
 * not fit the proposed form stands in the ticket's own text, and the form's rule of files binds later ones.
 */
export async function openByMail(
  request: Moment & { deps: TicketsDeps },
  em: EntityManager,
  { id, organizationId, contactId, subject, text, files, mailbox }: Mail,
): Promise<Ticket> {
  const { library } = request.deps;
  const contact = await em.findOne(ContactFact, { id: contactId, organizationId });
  const version = await library.ofType(mailbox.requestType);
  if (!contact || !version)
    throw new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, `No such sender, or no form of ${mailbox.requestType}.`);
  const organization = factsOf(await knownOrganization(em, organizationId));
  const form = library.formOf(version);
  const catalogue = await library.catalogue();
  const context: FormContext = {
    ...{ channel: 'EMAIL', staff: false, onBehalfOf: null, watchers: [], contact: { id: contactId } },
    organization: { ...organization, bso: organization.bso || mailbox.bso },
    attachments: files.map((file, place) => ({ ...file, place })),
  };
  const words = { subject: cut(canonicalText(subject, true), LONGEST_SUBJECT), text: cut(canonicalText(text, false), LONGEST_TEXT) };
  const said = answersIn(form, words);
  const fits = fitting(said, await evaluateForm(form, said, context, catalogue));
  const evaluation = await evaluateForm(form, fits, context, catalogue);
  const {
    entries: [line],
  } = await catalogue.load({ ids: [], paths: mailbox.productLine ? [mailbox.productLine] : [], scopes: [] });
  return bear(
    request,
    em,
    { version, form, context, evaluation, organization, requesterId: contactId, toClassify: true },
    {
      ...{ id, openedById: contactId, analystIds: [], requestedPriority: null, triageGroup: mailbox.triageGroup },
      kept: { subject: words.subject, description: words.text || null, productId: evaluation.canonical.product?.id ?? line?.id ?? null },
    },
  );
}

const cut = (words: string, most: number): string => [...words].slice(0, most).join('');

/** Subject and text are answers to the fields that mean them. */
function answersIn(form: Form, { subject, text }: { subject: string; text: string }): Answer[] {
  const values: Partial<Record<Meaning, string>> = { subject, summary: subject, description: text };
  return fieldsOf(form).flatMap(({ key, means }) => {
    const value = means && values[means];
    return value ? [{ field: key, value }] : [];
  });
}

/** The answers in which nothing is wrong. */
const fitting = (answers: Answer[], { faults }: FormEvaluation): Answer[] => {
  const wrong = new Set(faults.flatMap(({ field: [at, key] }) => (at === 'answers' && key ? [key] : [])));
  return answers.filter(({ field }) => !wrong.has(field));
};
