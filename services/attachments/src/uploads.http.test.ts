import { readdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { demoId, type KeyScope } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Upload } from 'tus-js-client';
import { eicar, html, log, png } from './testing/samples.ts';
import { ana, bruno, gisele, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
});
afterAll(() => bed[Symbol.asyncDispose]());

const ask = async (viewer: typeof bruno, method: string, id: string, headers: Record<string, string> = {}) =>
  fetch(`${bed.service.url}/files/uploads/${id}`, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...headers, authorization: `Bearer ${await bed.service.tokenFor(viewer)}` },
  });
const offsetOf = async (id: string) => (await ask(bruno, 'HEAD', id)).headers.get('upload-offset');

/** A line between client and service that breaks after so many bytes, once. */
async function breakingLine(target: string, after: number) {
  let passed = 0;
  let broken = 0;
  const server = http.createServer((request, response) => {
    const onward = http.request(new URL(request.url ?? '', target), { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.on('data', (piece: Buffer) => {
      passed += piece.length;
      if (broken === 0 && passed > after) {
        broken += 1;
        onward.destroy();
        request.socket.destroy();
      }
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: () => broken,
    passed: () => passed,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('an upload', () => {
  it('goes on where a broken connection left it', async () => {
    const content = Buffer.alloc(4 * 1024 ** 2, '2026-03-02 12:00:01 emissao da nota falhou\r\n');
    const { id } = await bed.announce(bruno, { fileName: 'rm.log', size: content.length });
    await using line = await breakingLine(bed.service.url, 1024 ** 2);
    const token = await bed.service.tokenFor(bruno);
    await new Promise<void>((resolve, reject) => {
      const options = {
        uploadUrl: `${line.url}/files/uploads/${id}`,
        uploadSize: content.length,
        headers: { authorization: `Bearer ${token}` },
      };
      new Upload(Readable.from(content, { objectMode: false }), {
        ...options,
        chunkSize: content.length,
        retryDelays: [0, 0, 0],
        onSuccess: () => resolve(),
        onError: reject,
      }).start();
    });
    expect(line.broken()).toBe(1);
    // Something of the first try was kept: the second did not send everything again.
    expect(line.passed()).toBeLessThan(2 * content.length);
    expect(await bed.judged(bruno, id)).toMatchObject({ status: 'AVAILABLE', contentType: 'text/plain', size: content.length });
  });

  it('says how far it got, and takes the next bytes only there', async () => {
    const { id } = await bed.announce(bruno, { size: log.length });
    expect(await offsetOf(id)).toBe('0');
    expect((await bed.patch(bruno, id, log.subarray(0, 20))).status).toBe(204);
    expect(await offsetOf(id)).toBe('20');
    expect((await bed.patch(bruno, id, log.subarray(0, 20))).status).toBe(409);
    expect((await bed.patch(bruno, id, log.subarray(20), 20)).status).toBe(204);
    expect(await bed.judged(bruno, id)).toMatchObject({ status: 'AVAILABLE' });
    // A client that did not hear the last answer finds that nothing is missing.
    expect((await ask(bruno, 'HEAD', id)).status).toBe(200);
    expect(await offsetOf(id)).toBe(String(log.length));
    expect((await bed.patch(bruno, id, Buffer.alloc(0), log.length)).status).toBe(204);
    expect((await bed.patch(bruno, id, Buffer.from('more'), log.length - 4)).status).toBe(409);
  });

  it('takes not one byte more than was announced', async () => {
    const { id } = await bed.announce(bruno, { size: 10 });
    expect((await bed.patch(bruno, id, Buffer.alloc(11, 'a'))).status).toBe(413);
    expect((await bed.patch(bruno, id, Buffer.alloc(9, 'a'))).status).toBe(204);
    const chunked = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(5)) });
    const endless = await fetch(`${bed.service.url}/files/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '9',
        'content-type': 'application/offset+octet-stream',
        authorization: `Bearer ${await bed.service.tokenFor(bruno)}`,
      },
      body: chunked,
      duplex: 'half',
    } as RequestInit).then(
      (answer) => answer.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(endless);
    expect(await offsetOf(id)).toBe('9');
  });

  it('is its creator’s alone: for others it is absent, byte for byte', async () => {
    const { id } = await bed.announce(bruno, { size: log.length });
    for (const viewer of [ana, gisele]) {
      const [foreign, absent] = await Promise.all([bed.patch(viewer, id, log), bed.patch(viewer, demoId('att', 'absent'), log)]);
      expect(foreign.status).toBe(404);
      expect(await foreign.text()).toBe(await absent.text());
      expect((await ask(viewer, 'HEAD', id)).status).toBe(404);
    }
    expect(await offsetOf(id)).toBe('0');
  });

  it.each(['..%2f..%2fetc%2fpasswd', 'att_', "att_' or 1=1", '%00', 'content'])('has no such id as %s', async (id) => {
    expect((await ask(bruno, 'HEAD', id)).status).toBe(404);
    expect((await bed.patch(bruno, id, log)).status).toBe(404);
  });

  it('goes on by an API key of its creator only where that may write', async () => {
    const { id } = await bed.announce(bruno, { fileName: 'rm.log', size: 4 });
    const statusBy = async (...scopes: KeyScope[]) =>
      (await ask({ ...bruno, apiKey: { id: demoId('key', 'bruno'), scopes } }, 'HEAD', id)).status;
    expect([await statusBy('READ', 'MANAGE_CONTACTS'), await statusBy('WRITE_TICKETS')]).toEqual([404, 200]);
  });

  it('is announced through GraphQL and nowhere else', async () => {
    expect((await ask(bruno, 'POST', '', { 'upload-length': '5' })).status).toBe(404);
    const { id } = await bed.announce(bruno);
    expect((await ask(bruno, 'DELETE', id)).status).toBe(404);
  });

  it('needs the gateway’s token', async () => {
    const { id } = await bed.announce(bruno);
    expect((await fetch(`${bed.service.url}/files/uploads/${id}`, { method: 'HEAD' })).status).toBe(401);
  });

  it('is gone when it was taken away', async () => {
    const { id } = await bed.announce(bruno, { size: log.length });
    await bed.patch(bruno, id, log.subarray(0, 20));
    await bed.service.ask(bruno, 'mutation($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { errors { code } } }', { id });
    expect((await bed.patch(bruno, id, log.subarray(20), 20)).status).toBe(410);
  });

  it('is complete although its process died between the last byte and its note', async () => {
    const { id } = await bed.announce(bruno, { fileName: 'print.png', size: png.length, contentType: 'image/png' });
    await writeFile(join(bed.files, 'uploads', id), png);
    expect(await offsetOf(id)).toBe(String(png.length));
    expect(await bed.judged(bruno, id)).toMatchObject({ status: 'AVAILABLE', contentType: 'image/png' });
  });
});

describe('the verdict', () => {
  it('makes a file available to its uploader with a receipt, and tells the house', async () => {
    const id = await bed.upload(bruno, png, { fileName: 'print.png', contentType: '' });
    const file = await bed.look(bruno, id);
    expect(file).toMatchObject({ status: 'AVAILABLE', contentType: 'image/png', refusal: null, virusScan: 'NOT_SCANNED' });
    expect(file?.receipt).toEqual(expect.stringMatching(/^ey[\w-]+\.ey[\w-]+\.[\w-]+$/));
    const events = await bed.service.worker().execute('select type, version, audience, data from event where aggregate = ?', [id]);
    const data = {
      status: 'AVAILABLE',
      mediaType: 'image/png',
      size: png.length,
      uploaderId: bruno.personId,
      organizationId: demoId('org', 'ACME01'),
      formId: null,
    };
    expect(events).toMatchObject([{ type: 'attachment.stored', version: 1, audience: 'SYSTEM', data }]);
    expect(await readdir(join(bed.files, 'uploads'))).not.toContain(id);
  });

  it('refuses with a reason in the language asked for, and keeps no byte', async () => {
    const id = await bed.upload(bruno, html, { fileName: 'print.png', contentType: 'image/png' });
    const { data } = await bed.service.ask(
      bruno,
      'query($id: ID!) { attachment(id: $id) { status refusal refusalReason receipt downloadUrl } }',
      { id },
      { 'accept-language': 'es' },
    );
    expect(data.attachment).toEqual({
      status: 'REFUSED',
      refusal: 'El contenido es una página o un dibujo que ejecuta código (HTML, SVG…). Envíe una captura o un archivo zip.',
      refusalReason: 'ACTIVE_CONTENT',
      receipt: null,
      downloadUrl: null,
    });
    const folders = await readdir(bed.files, { recursive: true });
    expect(folders.filter((path) => path.includes(id))).toEqual([]);
  });

  it('holds an archive form to its word whatever the file is called', async () => {
    await bed.happens('form.published', {
      aggregate: demoId('frm', 'cloud'),
      data: { attachmentPolicy: { extensions: null, archivesOnly: true, maxFiles: 5, maxBytes: 10_000 } },
    });
    const id = await bed.upload(bruno, png, { fileName: 'logs.zip', contentType: 'application/zip', formId: demoId('frm', 'cloud') });
    expect(await bed.look(bruno, id)).toMatchObject({ status: 'REFUSED', refusalReason: 'DISGUISED' });
  });

  it('finds the test virus', async () => {
    const id = await bed.upload(bruno, eicar, { fileName: 'rm.log' });
    expect(await bed.look(bruno, id)).toMatchObject({ status: 'REFUSED', refusalReason: 'MALWARE' });
  });

  it('comes from another judge where the first one was killed', async () => {
    const { id } = await bed.announce(bruno, { fileName: 'print.png', size: png.length, contentType: 'image/png' });
    await writeFile(join(bed.files, 'uploads', id), png);
    const now = bed.service.clock.now();
    const lease = [now, new Date(now.getTime() + 4_000), id];
    await bed.service
      .worker()
      .execute(
        "update attachment set status = 'QUARANTINED', completed_at = ?, judge_id = 'killed', judge_until = ?, judge_tries = 1 where id = ?",
        lease,
      );
    await writeFile(join(bed.files, 'quarantine', `${id}.killed`), png.subarray(0, 10));
    expect(await offsetOf(id)).toBe(String(png.length));
    expect(await bed.look(bruno, id)).toMatchObject({ status: 'QUARANTINED', receipt: null, downloadUrl: null });
    bed.service.clock.advance(4_001);
    expect(await bed.judged(bruno, id)).toMatchObject({ status: 'AVAILABLE' });
  });

  it('is "not inspected" in the end where a file brings every judge down', async () => {
    const { id } = await bed.announce(bruno, { fileName: 'print.png', size: png.length });
    await bed.service
      .worker()
      .execute("update attachment set status = 'QUARANTINED', completed_at = now(), judge_tries = 8 where id = ?", [id]);
    expect(await bed.judged(bruno, id)).toMatchObject({ status: 'REFUSED', refusalReason: 'NOT_INSPECTED' });
  });
});
