import { ErrorCode, isInScope, type Viewer } from '@atende/service';
import { LockMode } from '@mikro-orm/postgresql';
import { FileStore } from '@tus/file-store';
import { Server as TusServer, Upload } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUploader } from './attachment.policy.ts';
import { attachmentsById } from './attachment.queries.ts';
import { Attachment } from './attachment.ts';
import type { AttachmentsDeps } from './attachments-deps.ts';
import { absent, answerError } from './http-answers.ts';
import { UploadLocker } from './upload-locker.ts';
import { within } from './within.ts';

const PATH = '/files/uploads';
const VERDICT_PATIENCE = 2_000; // ms that the last request waits, so that most clients find the verdict when they look
const DISK_RESERVE = 64 * 1024 ** 2; // bytes left to everybody else on the disk

type UploadRequest = FastifyRequest<{ Params: { id: string } }>;

/** tus 1.0 on uploads that `createUpload` announced: HEAD says how much is there, PATCH adds to it. Only for their creator. */
export function uploadRoutes(server: FastifyInstance, deps: AttachmentsDeps): void {
  const tus = tusServer(deps);
  // The bytes go from the socket to the disk: nothing of fastify's reads them.
  server.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  server.route({
    method: ['HEAD', 'PATCH'],
    url: `${PATH}/:id`,
    handler: async (request: UploadRequest, reply) => {
      const file = await ownUpload(request.params.id, request.viewer, deps);
      if (!file) return absent(reply);
      if (file.status === 'DELETED') return answerError(reply, 410, ErrorCode.NOT_FOUND, 'This upload was taken away.');
      if (await isComplete(file, deps)) return completed(request, reply, file);
      const missing = file.size - (await deps.room.received(file.id));
      if (request.method === 'PATCH' && (await deps.room.free()) < missing + DISK_RESERVE) {
        return answerError(reply, 507, ErrorCode.DEPENDENCY_UNAVAILABLE, 'There is no room for this file now; go on later.');
      }
      await deps.room.prepare(file.id);
      reply.hijack();
      await tus.handle(request.raw, reply.raw);
    },
  });
}

/** The viewer's own upload, read inside their own row-level security. */
async function ownUpload(id: string, viewer: Viewer, { forViewer }: AttachmentsDeps): Promise<Attachment | null> {
  if (!isInScope(viewer, 'WRITE_TICKETS')) return null;
  const [file] = await attachmentsById(forViewer(viewer), [id]);
  return file && isUploader(viewer, file) ? file : null;
}

/** Nothing is missing. A process that died between the last byte and its note is made up for here. */
async function isComplete(file: Attachment, deps: AttachmentsDeps): Promise<boolean> {
  if (file.status !== 'UPLOADING') return true;
  if ((await deps.room.received(file.id)) !== file.size) return false;
  await complete(file.id, deps);
  return true;
}

/** What tus says about an upload that has everything, wherever its bytes lie by now. */
function completed(request: FastifyRequest, reply: FastifyReply, { size }: Attachment): FastifyReply {
  reply.headers({ 'tus-resumable': '1.0.0', 'upload-offset': size, 'upload-length': size, 'cache-control': 'no-store' });
  if (request.method === 'HEAD') return reply.code(200).send();
  return request.headers['upload-offset'] === String(size)
    ? reply.code(204).send()
    : answerError(reply, 409, ErrorCode.CONFLICT, 'This upload is complete.');
}

/** Notes that every byte is here, and begins to judge. */
async function complete(id: string, { forWorker, clock, judging }: AttachmentsDeps): Promise<void> {
  await forWorker().transactional(async (em) => {
    const file = await em.findOne(Attachment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    file?.complete(clock.now());
  });
  await within(VERDICT_PATIENCE, judging.judge(id));
}

/** Completes uploads whose last byte came just before their process was killed and whose client never came back. */
export async function completeForgotten(deps: AttachmentsDeps): Promise<void> {
  const uploading = await deps.forWorker().find(Attachment, { status: 'UPLOADING' }, { fields: ['id', 'size'] });
  for (const { id, size } of uploading) if ((await deps.room.received(id)) === size) await complete(id, deps);
}

function tusServer(deps: AttachmentsDeps): TusServer {
  const { room, log, forWorker } = deps;
  const announced = async (id: string): Promise<Upload | undefined> => {
    const file = await forWorker().findOne(Attachment, { id }, { fields: ['size'] });
    return file ? new Upload({ id, size: file.size, offset: 0 }) : undefined;
  };
  return new TusServer({
    path: PATH,
    // What an upload is stands in the database; the size of its file is how far it got.
    datastore: new FileStore({ directory: room.uploads, configstore: { get: announced, set: nothing, delete: nothing } }),
    locker: new UploadLocker(),
    lockDrainTimeout: 500,
    allowedOrigins: [], // the portal has the same origin; nobody else is invited
    onUploadFinish: async (_request, { id }) => {
      await complete(id, deps);
      return {};
    },
    onResponseError: (_request, error) => {
      if ('status_code' in error && error.status_code < 500) return undefined;
      log.error({ err: error }, 'an upload request failed');
      return { status_code: 500, body: 'The upload was interrupted; go on.\n' };
    },
  });
}

const nothing = async (): Promise<void> => {};
