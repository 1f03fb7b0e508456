import { defineEvent } from './define-event.ts';
import { count, digest, id, mediaType, oneOf } from './words.ts';

const service = 'attachments';

export const AttachmentStored = defineEvent('attachment.stored', {
  version: 1,
  service,
  describes: 'An upload is complete and its content was judged. Its name stays at attachments.',
  data: {
    organizationId: id('org').nullable(),
    uploaderId: id('per'),
    formId: id('frm').nullable(),
    status: oneOf('AVAILABLE', 'QUARANTINED', 'REFUSED'),
    size: count(),
    mediaType: mediaType(),
    contentDigest: digest(),
  },
});

export const AttachmentLinked = defineEvent('attachment.linked', {
  version: 1,
  service,
  describes: 'A file belongs to a ticket from now on, with the audience of the message it came with.',
  data: {
    ticketId: id('tkt'),
    commentId: id('cmt').nullable(),
    visibility: oneOf('PUBLIC', 'INTERNAL'),
  },
});

export const AttachmentDeleted = defineEvent('attachment.deleted', {
  version: 1,
  service,
  describes: 'A file is gone.',
  data: {
    ticketId: id('tkt').nullable(),
    reason: oneOf('BY_PERSON', 'UNCLAIMED', 'RETENTION', 'REFUSED'),
  },
});
