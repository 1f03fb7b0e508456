import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '@atende/events';
import { goldenSamples } from '@atende/events/samples';
import { demoId, makeLog, newId, type Viewer } from '@atende/service';
import { buildViewer, startTestService, type TestOptions, type TestService } from '@atende/service/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { attachments } from '../service.ts';

export interface Testbed extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>;
  service: TestService;
  /** Where the service keeps its bytes. */
  files: string;
  environment: Record<string, string>;
  /** Has an event of another service take effect, as its consumers would. */
  happens(type: string, changes: Partial<Envelope>): Promise<void>;
  /** Announces a file; every part may be overridden. */
  announce(viewer: Viewer, input?: Record<string, unknown>): Promise<Announcement>;
  /** Announces a file, sends all of it in one request, and waits for its verdict. */
  upload(viewer: Viewer, content: Buffer, input?: Record<string, unknown>): Promise<string>;
  /** Sends bytes to an upload from an offset on. */
  patch(viewer: Viewer, id: string, bytes: Buffer, offset?: number): Promise<Response>;
  /** An attachment as a viewer sees it, all fields. */
  look(viewer: Viewer, id: string): Promise<Record<string, unknown> | null>;
  /** The same, once there is a verdict: on a busy machine the answer to the last byte comes before it. */
  judged(viewer: Viewer, id: string): ReturnType<Testbed['look']>;
  /** Gets a path under /files as a viewer, through the token the gateway would send. */
  get(viewer: Viewer, path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
}

export interface Announcement {
  id: string;
  uploadUrl: string | null;
  errors: { code: string; field: string[]; message: string }[];
}

const FIELDS = 'id fileName size contentType status refusal refusalReason virusScan receipt downloadUrl ticket { id }';
export const PUBLIC_URL = 'https://suporte.example';

/** The service on a private PostgreSQL and folder, without any other service. */
export async function testbed(options: TestOptions = {}): Promise<Testbed> {
  const folder = await mkdtemp(join(tmpdir(), 'atende-attachments-'));
  const keyFile = join(folder, 'key.json');
  const files = join(folder, 'files');
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  await writeFile(keyFile, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
  const environment = { FILES_DIR: files, FILES_KEY_FILE: keyFile, PUBLIC_URL };
  const service = await startTestService(attachments, { ...options, environment: { ...environment, ...options.environment } });
  const call = async (viewer: Viewer, path: string, init: RequestInit): Promise<Response> =>
    fetch(`${service.url}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${await service.tokenFor(viewer)}` } });

  const bed: Testbed = {
    service,
    files,
    environment,
    happens: (type, changes) => happens(service, type, changes),
    announce: async (viewer, input = {}) => {
      const whole = { clientKey: newId('key'), fileName: 'rm.log', size: 10, contentType: '', ...input };
      const { data, errors } = await service.ask(
        viewer,
        `mutation($input: CreateUploadInput!) { createUpload(input: $input) { uploadUrl attachment { id } errors { code field message } } }`,
        { input: whole },
      );
      if (errors) throw new Error(errors[0]?.extensions.code);
      return { id: data.createUpload.attachment?.id ?? '', uploadUrl: data.createUpload.uploadUrl, errors: data.createUpload.errors ?? [] };
    },
    upload: async (viewer, content, input = {}) => {
      const { id, errors } = await bed.announce(viewer, { size: content.length, ...input });
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      const answer = await bed.patch(viewer, id, content);
      if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
      await bed.judged(viewer, id);
      return id;
    },
    patch: (viewer, id, bytes, offset = 0) =>
      call(viewer, `/files/uploads/${id}`, {
        method: 'PATCH',
        headers: { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body: new Uint8Array(bytes),
      }),
    look: async (viewer, id) =>
      (await service.ask(viewer, `query($id: ID!) { attachment(id: $id) { ${FIELDS} } }`, { id })).data.attachment,
    judged: async (viewer, id) => {
      for (;;) {
        const seen = await bed.look(viewer, id);
        if (seen?.status !== 'QUARANTINED') return seen;
      }
    },
    get: (viewer, path, headers = {}, method = 'GET') => call(viewer, path, { headers, method }),
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
  return bed;
}

/** The golden sample of an event with other facts, through every consumer of it. */
async function happens(service: TestService, type: string, { data, ...changes }: Partial<Envelope>): Promise<void> {
  const sample = goldenSamples().find((envelope) => envelope.type === type);
  if (!sample) throw new Error(`there is no sample of ${type}`);
  const event: Envelope = { ...sample, id: newId('evt'), ...changes, data: { ...sample.data, ...data } };
  await service.worker().transactional(async (em) => {
    const context = { em, now: service.clock.now(), log: makeLog('test', 'silent') };
    for (const consumer of attachments.consumers) if (consumer.event.type === type) await consumer.handle(event, context);
  });
}

const contact = (email: string, organization: string, scope: 'OWN' | 'ORGANIZATION'): Viewer =>
  buildViewer({
    personId: demoId('per', email),
    sessionId: demoId('ses', email),
    contacts: [
      {
        id: demoId('con', email),
        organizationId: demoId('org', organization),
        scope,
        mayOpen: true,
        administrator: false,
        serviceManager: false,
      },
    ],
  });

export const ana = contact('ana@acme.example', 'ACME01', 'ORGANIZATION');
export const bruno = contact('bruno@acme.example', 'ACME01', 'OWN');
export const gisele = contact('gisele@globex.example', 'GLBX01', 'ORGANIZATION');
export const carla = buildViewer({
  personId: demoId('per', 'carla@support.example'),
  sessionId: demoId('ses', 'carla@support.example'),
  analystId: demoId('ana', 'carla@support.example'),
  roles: ['ANALYST'],
  groups: [demoId('grp', 'n1-software')],
});
export const rita = buildViewer({ personId: demoId('per', 'rita@support.example'), roles: ['AUDITOR'] });

/** What `ticket.access` says of a ticket of Bruno's in the queue of Carla's group. */
export const accessOfBrunosTicket = {
  organizationId: demoId('org', 'ACME01'),
  requesterId: demoId('con', 'bruno@acme.example'),
  groupId: demoId('grp', 'n1-software'),
  restricted: false,
  analystIds: [],
};
