import { createHash } from 'node:crypto';

/** A message as a verb needs it: the text itself stays in its erasable table. */
export interface Message {
  id: string;
  body: string;
  attachmentIds: string[];
}

/** SHA-256 in hexadecimal: what events and the audit say instead of a text. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const messageData = ({ id, body, attachmentIds }: Message) => ({ commentId: id, digest: digestOf(body), attachmentIds });
