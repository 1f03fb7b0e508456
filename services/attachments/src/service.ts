import 'reflect-metadata';
import { type Context, defineService, setting } from '@atende/service';
import { z } from 'zod';
import { attachmentsById } from './attachment.queries.ts';
import { AttachmentResolver } from './attachment.resolver.ts';
import { Attachment } from './attachment.ts';
import type { AttachmentsDeps } from './attachments-deps.ts';
import { consumers } from './consumers.ts';
import { downloadRoutes } from './downloads.http.ts';
import { EndedSession } from './ended-session.ts';
import { keepHouse } from './expiry.ts';
import { readFilesKey } from './files-key.ts';
import { FilesRoom } from './files-room.ts';
import { FormRule, TicketForm } from './form-rule.ts';
import { answerFaults } from './http-answers.ts';
import { Judging } from './judging.ts';
import { messages } from './messages.ts';
import { TicketResolver } from './ticket.resolver.ts';
import { ticketsById } from './ticket.view.ts';
import { TicketAccess } from './ticket-access.ts';
import { completeForgotten, uploadRoutes } from './uploads.http.ts';

const settings = {
  FILES_DIR: setting(z.string(), 'folder of the files; replicas share it', './data/files'),
  FILES_KEY_FILE: setting(z.string(), 'Ed25519 private JWK that signs receipts and download links', './data/files-key.json'),
  PUBLIC_URL: setting(
    z.url().transform((url) => url.replace(/\/+$/, '')),
    "the gateway's origin, as people's browsers see it",
    'http://127.0.0.1:4000',
  ),
};

export const attachments = defineService<AttachmentsDeps, typeof settings>({
  name: 'attachments',
  home: new URL('../', import.meta.url),
  entities: [Attachment, TicketAccess, FormRule, TicketForm, EndedSession],
  resolvers: [AttachmentResolver, TicketResolver],
  references: {
    Attachment: ({ em }: Context, ids) => attachmentsById(em, ids),
    Ticket: ({ em }: Context, ids) => ticketsById(em, ids),
  },
  consumers,
  jobs: [
    { name: 'judge', everyMs: 1_000, run: ({ deps }) => deps.judging.judgeWaiting() },
    { name: 'complete-forgotten', everyMs: 30_000, run: ({ deps }) => completeForgotten(deps) },
    { name: 'keep-house', everyMs: 10_000, run: ({ em, clock, deps }) => keepHouse({ em, clock, room: deps.room }) },
  ],
  messages,
  settings,
  wire: async ({ config, clock, log, probes, trail, forWorker, forViewer }) => {
    const key = await readFilesKey(config.FILES_KEY_FILE);
    probes.publish('/jwks.json', () => key.jwks);
    const room = await FilesRoom.open(config.FILES_DIR);
    const judging = new Judging({ forWorker, clock, room, log });
    return { publicUrl: config.PUBLIC_URL, key, room, judging, clock, log, trail, forWorker, forViewer };
  },
  routes: (server, deps) => {
    server.addHook('onClose', () => deps.judging.stop());
    server.register(async (files) => {
      answerFaults(files, deps.log);
      uploadRoutes(files, deps);
      downloadRoutes(files, deps);
    });
  },
  rights: [
    // A request announces its own files and takes them away; what a file is and where it belongs is the worker's to say.
    'revoke update, delete on table attachment from attachments_app',
    'grant update (status, version, deletion, deleted_at, erase_at) on table attachment to attachments_app',
    'revoke insert, update, delete on table ticket_access, form_rule, ticket_form from attachments_app',
    'revoke all on table ended_session from attachments_app',
  ],
});
