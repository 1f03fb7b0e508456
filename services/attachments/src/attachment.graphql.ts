import { DateTime, enumOf, Guard, NodeFace, UserErrorFace, withItsParent } from '@atende/service';
import { Directive, Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { seesAttachment } from './attachment.policy.ts';
import type { Attachment } from './attachment.ts';
import { ATTACHMENT_STATUSES, type AttachmentStatus } from './attachment-status.ts';
import { REFUSAL_REASONS } from './content/refusal.ts';

export const AttachmentStatusEnum = enumOf(
  ATTACHMENT_STATUSES,
  'AttachmentStatus',
  'Where a file stands. Only AVAILABLE ones can be downloaded.',
  {
    UPLOADING: 'Bytes are still to come.',
    QUARANTINED: 'Every byte is here and the content is being judged.',
    AVAILABLE: 'The content has passed.',
    REFUSED: 'The content was refused and is gone; `refusal` says why.',
    DELETED: 'Taken away, or not claimed by a ticket within a day.',
  },
);
export const RefusalReasonEnum = enumOf(REFUSAL_REASONS, 'RefusalReason', 'Why the content of a file was refused.');
export const VirusScanEnum = enumOf(['NOT_SCANNED'], 'VirusScan', 'What an antivirus said.', {
  NOT_SCANNED: 'No antivirus is configured: only kind, structure and disguises were checked.',
});

@ObjectType('Attachment', { description: 'A file, of its uploader until a ticket has it.', implements: NodeFace })
@Directive('@key(fields: "id")')
@Directive('@node(prefix: "att")')
@Guard(seesAttachment)
export class AttachmentFace implements Pick<Attachment, 'id' | 'fileName' | 'size' | 'status'> {
  @Field(() => ID, { description: 'Opaque; its prefix tells the type.' })
  id: string;
  @Field(() => String, { description: 'As the sender called it.' })
  fileName: string;
  @Field(() => Float, { description: 'Bytes.' })
  size: number;
  @Field(() => AttachmentStatusEnum, { description: 'Where the file stands.' })
  status: AttachmentStatus;
  @Field(() => DateTime, { description: 'When it was announced.' })
  createdAt: Date;
  @Field(() => DateTime, { description: 'When it is taken away if no ticket has it by then.' })
  expiresAt: Date;
}

@InputType({ description: 'A file to be uploaded.' })
export class CreateUploadInput {
  @Field(() => String, { description: 'The same key and input give the same upload for a day.' })
  clientKey: string;
  @Field(() => String, { description: 'Its name without any path.' })
  fileName: string;
  @Field(() => Float, { description: 'Bytes; exactly so many are accepted.' })
  size: number;
  @Field(() => String, { description: 'Media type as the sender’s system knows it; empty where it knows none.' })
  contentType: string;
  @Field(() => ID, { nullable: true, description: 'The form it will be sent with: its rule decides.' })
  formId: string | null;
  @Field(() => ID, { nullable: true, description: 'The ticket it is for: the rule of the form it was opened with decides.' })
  ticketId: string | null;
  @Field(() => ID, { nullable: true, description: 'The draft it belongs to; the form’s number of files is counted over it.' })
  draftId: string | null;
}

@ObjectType({ description: 'An upload that may begin.' })
@Guard(withItsParent)
export class CreateUploadPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Where the bytes go, by the tus protocol 1.0: ask with HEAD how many are there, send the rest with PATCH.',
  })
  uploadUrl?: string;
  @Field(() => AttachmentFace, { nullable: true, description: 'The file.' })
  attachment?: AttachmentFace | null;
  @Field(() => [UserErrorFace], { description: 'What is wrong with the input, all at once.' })
  errors: UserErrorFace[];
}

@InputType({ description: 'A file to be taken away.' })
export class DeleteAttachmentInput {
  @Field(() => ID, { description: 'One’s own file that no ticket has.' })
  attachmentId: string;
}

@ObjectType({ description: 'The file that was taken away.' })
@Guard(withItsParent)
export class DeleteAttachmentPayload {
  @Field(() => AttachmentFace, { nullable: true, description: 'The file.' })
  attachment?: AttachmentFace | null;
  @Field(() => [UserErrorFace], { description: 'What is wrong with the input, all at once.' })
  errors: UserErrorFace[];
}
