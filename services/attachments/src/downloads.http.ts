import { doingBy, ErrorCode, type Viewer } from '@atende/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { attachmentsById } from './attachment.queries.ts';
import { Attachment } from './attachment.ts';
import type { AttachmentsDeps } from './attachments-deps.ts';
import { readRange } from './byte-range.ts';
import { contentDisposition } from './content-disposition.ts';
import { type DownloadGrant, readDownload } from './download-token.ts';
import { EndedSession } from './ended-session.ts';
import { absent } from './http-answers.ts';

// Whatever the bytes are, a browser saves them and runs nothing of them.
const SAFETY = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer', // the address is the right to download
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
};

type DownloadRequest = FastifyRequest<{ Params: { id: string }; Querystring: { token?: unknown } }>;

/** Signed downloads. A link works without a sign-in, as a browser follows it; beside a sign-in only that person's. */
export function downloadRoutes(server: FastifyInstance, deps: AttachmentsDeps): void {
  server.route({
    method: ['GET', 'HEAD'],
    url: '/files/:id',
    handler: async (request: DownloadRequest, reply) => {
      const grant = await grantOf(request, deps);
      const file = grant && (await grantedFile(grant, request.viewer, deps));
      if (grant && file) return send(request, reply, { grant, file }, deps);
      tellRefused(request, deps);
      return absent(reply);
    },
  });
}

function tellRefused(request: DownloadRequest, { trail, clock }: AttachmentsDeps): void {
  const refused = { outcome: 'REFUSED', code: ErrorCode.NOT_FOUND, subjectId: request.params.id } as const;
  trail.note(doingBy(request, clock.now()), { act: 'FILE_READ', ...refused });
}

/** Whose grant it is reads, signed in or not. Nothing of the file leaves before the audit log has it. */
function tellRead(request: DownloadRequest, { grant, file }: Granted, { trail, clock }: AttachmentsDeps): Promise<void> {
  const { viewer, ...doing } = doingBy(request, clock.now());
  const { personId, sessionId } = grant;
  const read = { subjectId: file.id, organizationId: file.access?.organizationId ?? null };
  return trail.write({ ...doing, viewer: { ...viewer, personId, sessionId } }, { act: 'FILE_READ', ...read });
}

interface Granted {
  grant: DownloadGrant;
  file: Attachment;
}

async function grantOf({ params, query }: DownloadRequest, { key, clock }: AttachmentsDeps): Promise<DownloadGrant | null> {
  if (typeof query.token !== 'string') return null;
  const grant = await readDownload(key, query.token, clock.now());
  return grant?.attachmentId === params.id ? grant : null;
}

/**
 * The granted file, if it may still be had: judged, not taken away, its person's session not ended. Nobody is signed in when
 * a browser follows a link, so this is read as the worker: the signature is what admits. Where somebody is, it must be that
 * person, inside their own row-level security.
 */
async function grantedFile(
  { attachmentId, personId, sessionId }: DownloadGrant,
  viewer: Viewer,
  deps: AttachmentsDeps,
): Promise<Attachment | null> {
  const worker = deps.forWorker();
  if (sessionId && (await worker.findOne(EndedSession, { id: sessionId }))) return null;
  if (viewer.kind === 'ANONYMOUS') return worker.findOne(Attachment, { id: attachmentId, status: 'AVAILABLE' });
  if (viewer.personId !== personId) return null;
  const [file] = await attachmentsById(deps.forViewer(viewer), [attachmentId]);
  return file?.status === 'AVAILABLE' ? file : null;
}

async function send(request: DownloadRequest, reply: FastifyReply, granted: Granted, deps: AttachmentsDeps): Promise<FastifyReply> {
  const { file } = granted;
  const content = file.sha256 && (await deps.room.content(file.sha256));
  if (!content) return absent(reply);
  const range = readRange(request.headers.range, file.size);
  reply.headers({
    ...SAFETY,
    'content-disposition': contentDisposition(file.fileName),
    'content-type': file.mediaType ?? 'application/octet-stream',
  });
  if (range === 'UNSATISFIABLE' || request.method === 'HEAD') {
    await content.close();
    if (range === 'UNSATISFIABLE') return reply.code(416).header('content-range', `bytes */${file.size}`).send();
    return reply.header('content-length', file.size).send();
  }
  await tellRead(request, granted, deps);
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${file.size}`);
  return reply.header('content-length', end - start + 1).send(content.createReadStream({ start, end, highWaterMark: 256 * 1024 }));
}
