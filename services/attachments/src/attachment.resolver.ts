import { type Context, ForKeys, Guard, newId, notFound, once, signedIn } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  AttachmentFace,
  CreateUploadInput,
  CreateUploadPayload,
  DeleteAttachmentInput,
  DeleteAttachmentPayload,
  RefusalReasonEnum,
  VirusScanEnum,
} from './attachment.graphql.ts';
import { isUploader, mayUpload, uploaderOnly } from './attachment.policy.ts';
import { Attachment } from './attachment.ts';
import type { AttachmentsDeps } from './attachments-deps.ts';
import type { RefusalReason } from './content/refusal.ts';
import { signDownload } from './download-token.ts';
import { receiptOf } from './receipt.ts';
import { refusalText } from './refusal-texts.ts';
import { TicketFace } from './ticket.graphql.ts';
import type { TicketFiles } from './ticket.view.ts';
import { beginUpload } from './upload.deed.ts';

type AttachmentsContext = Context<AttachmentsDeps>;

@Resolver(() => AttachmentFace)
export class AttachmentResolver {
  @Query(() => AttachmentFace, { nullable: true, description: 'A file; null when it does not exist or may not be seen.' })
  @Guard(signedIn)
  attachment(
    @Arg('id', () => ID, { description: 'The file.' }) id: string,
    @Ctx() { load }: AttachmentsContext,
  ): Promise<Attachment | null> {
    return load<Attachment>('Attachment', id);
  }

  @Mutation(() => CreateUploadPayload, { description: 'Announces a file: checked against the form’s rule before a byte is sent.' })
  @Guard(mayUpload)
  @ForKeys('WRITE_TICKETS')
  async createUpload(
    @Arg('input', () => CreateUploadInput, { description: 'The file.' }) input: CreateUploadInput,
    @Ctx() { em, viewer, now, deps, load }: AttachmentsContext,
  ): Promise<CreateUploadPayload> {
    const fresh = newId('att');
    const call = { em, viewer, now, mutation: 'createUpload', clientKey: input.clientKey, input, id: fresh };
    const id = await once(call, (transaction) => beginUpload(transaction, { id: fresh, input, viewer, now }));
    const attachment = await load<Attachment>('Attachment', id);
    if (!attachment) throw notFound();
    return { uploadUrl: `${deps.publicUrl}/files/uploads/${id}`, attachment, errors: [] };
  }

  @Mutation(() => DeleteAttachmentPayload, { description: 'Takes away one’s own file that no ticket has.' })
  @Guard(mayUpload)
  @ForKeys('WRITE_TICKETS')
  async deleteAttachment(
    @Arg('input', () => DeleteAttachmentInput, { description: 'The file.' }) input: DeleteAttachmentInput,
    @Ctx() { em, viewer, now, requestId, traceparent, load }: AttachmentsContext,
  ): Promise<DeleteAttachmentPayload> {
    const attachment = await load<Attachment>('Attachment', input.attachmentId);
    if (!attachment || !isUploader(viewer, attachment)) throw notFound();
    attachment.remove(em, 'BY_PERSON', { actor: viewer.personId, now, requestId, traceparent });
    await em.flush();
    return { attachment, errors: [] };
  }

  @FieldResolver(() => TicketFace, { nullable: true, description: 'The ticket that has it.' })
  async ticket(@Root() file: Attachment, @Ctx() { load }: AttachmentsContext): Promise<TicketFiles | null> {
    return file.ticketId === null ? null : load<TicketFiles>('Ticket', file.ticketId);
  }

  @FieldResolver(() => String, { description: 'Media type: as found in the content, as declared until then.' })
  contentType(@Root() file: Attachment): string {
    return file.mediaType ?? file.declaredType;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why it was refused, in the language asked for.' })
  refusal(@Root() file: Attachment, @Ctx() { language }: AttachmentsContext): string | null {
    return file.refusal && refusalText(file.refusal, language);
  }

  @FieldResolver(() => RefusalReasonEnum, { nullable: true, description: 'Why it was refused.' })
  refusalReason(@Root() file: Attachment): RefusalReason | null {
    return file.refusal;
  }

  @FieldResolver(() => VirusScanEnum, { description: 'What an antivirus said.' })
  virusScan(): string {
    return VirusScanEnum.NOT_SCANNED;
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: 'What `attachmentIds` of a ticket or message takes; for its uploader, once it is AVAILABLE and until a ticket has it.',
  })
  @Directive('@personal')
  @Guard(uploaderOnly)
  receipt(@Root() file: Attachment, @Ctx() { deps, now }: AttachmentsContext): Promise<string | null> {
    return receiptOf(file, deps.key, now);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where to get an AVAILABLE file, for five minutes, for the person who asked.',
  })
  @Directive('@personal')
  async downloadUrl(@Root() file: Attachment, @Ctx() { deps, viewer, now }: AttachmentsContext): Promise<string | null> {
    if (file.status !== 'AVAILABLE' || viewer.kind !== 'PERSON') return null;
    return `${deps.publicUrl}/files/${file.id}?token=${await signDownload(deps.key, file.id, viewer, now)}`;
  }
}
