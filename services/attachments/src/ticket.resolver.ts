import { type Context } from '@atende/service';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { AttachmentFace } from './attachment.graphql.ts';
import { seesAttachment } from './attachment.policy.ts';
import type { Attachment } from './attachment.ts';
import { TicketFace } from './ticket.graphql.ts';
import type { TicketFiles } from './ticket.view.ts';

@Resolver(() => TicketFace)
export class TicketResolver {
  @FieldResolver(() => [AttachmentFace], {
    nullable: true,
    description: 'The files of its messages, in the order they came; those of internal notes for staff only.',
  })
  attachments(@Root() ticket: TicketFiles): Promise<Attachment[]> {
    return ticket.files();
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many files the viewer sees on it.' })
  async attachmentCount(@Root() ticket: TicketFiles, @Ctx() { viewer }: Context): Promise<number> {
    return (await ticket.files()).filter((file) => seesAttachment.allows(viewer, file)).length;
  }
}
