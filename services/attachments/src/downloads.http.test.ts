import { createHash } from 'node:crypto';
import { anonymous, demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { png } from './testing/samples.ts';
import { accessOfBrunosTicket, ana, bruno, gisele, PUBLIC_URL, rita, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
  await bed.happens('ticket.access', { aggregate: ticket, data: accessOfBrunosTicket });
});
afterAll(() => bed[Symbol.asyncDispose]());

const ticket = demoId('tkt', 'bruno');
const fileName = 'relatório “final” de emissão.png';
const sendFile = () => bed.upload(bruno, png, { fileName, contentType: 'image/png' });
const linkOf = async (viewer: typeof bruno, id: string): Promise<string> =>
  String((await bed.look(viewer, id))?.downloadUrl).replace(PUBLIC_URL, '');

describe('a download', () => {
  it('gives the bytes to whoever follows the link, as an attachment that runs nothing', async () => {
    const answer = await bed.get(anonymous, await linkOf(bruno, await sendFile()));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition': `attachment; filename="relatorio _final_ de emissao.png"; filename*=UTF-8''relat%C3%B3rio%20%E2%80%9Cfinal%E2%80%9D%20de%20emiss%C3%A3o.png`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
  });

  it('gives a part, the end, or says that there is none', async () => {
    const link = await linkOf(bruno, await sendFile());
    const part = await bed.get(anonymous, link, { range: 'bytes=1-3' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 1-3/${png.length}`, 'PNG']);
    const end = await bed.get(anonymous, link, { range: 'bytes=-4' });
    expect([end.status, Buffer.from(await end.arrayBuffer())]).toEqual([206, png.subarray(-4)]);
    const none = await bed.get(anonymous, link, { range: 'bytes=100000-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${png.length}`]);
  });

  it('is the person’s it was signed for, beside any other sign-in', async () => {
    const id = await sendFile();
    await bed.happens('ticket.opened', { aggregate: ticket, data: { attachmentIds: [id] } });
    const link = await linkOf(bruno, id);
    expect((await bed.get(bruno, link)).status).toBe(200);
    for (const viewer of [ana, gisele]) expect((await bed.get(viewer, link)).status).toBe(404);
    expect((await bed.get(ana, await linkOf(ana, id))).status).toBe(200);
  });

  it('is an act for the audit log, of whom it was signed for, before the first byte; so is one that is refused', async () => {
    const id = await sendFile();
    const link = await linkOf(bruno, id);
    const acts = () => bed.service.worker().execute("select actor, data from event where data ->> 'subjectId' = ? order by id", [id]);
    for (const method of ['HEAD', 'GET', 'GET']) await bed.get(anonymous, link, {}, method);
    const { personId: actor, sessionId } = bruno;
    expect(await acts()).toMatchObject([{ actor, data: { act: 'FILE_READ', outcome: 'DONE', sessionId, subjectId: id } }]);
    await bed.get(rita, link);
    let told = await acts();
    while (told.length < 2) told = await acts(); // nobody waited for it
    expect(told[1]).toMatchObject({ actor: rita.personId, data: { act: 'FILE_READ', outcome: 'REFUSED', code: 'NOT_FOUND' } });
  });

  it('ends after five minutes', async () => {
    const link = await linkOf(bruno, await sendFile());
    bed.service.clock.advance(299_000);
    expect((await bed.get(anonymous, link)).status).toBe(200);
    bed.service.clock.advance(2_000);
    expect((await bed.get(anonymous, link)).status).toBe(404);
  });

  it('ends with the session it was given to', async () => {
    const link = await linkOf(bruno, await sendFile());
    await bed.happens('session.ended', { aggregate: demoId('ses', 'somebody else') });
    expect((await bed.get(anonymous, link)).status).toBe(200);
    await bed.happens('session.ended', { aggregate: bruno.sessionId ?? '' });
    expect((await bed.get(anonymous, link)).status).toBe(404);
    await bed.service.worker().execute('delete from ended_session');
  });

  it('ends when the file is taken away', async () => {
    const id = await sendFile();
    const link = await linkOf(bruno, id);
    await bed.service.ask(bruno, 'mutation($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { errors { code } } }', { id });
    expect((await bed.get(anonymous, link)).status).toBe(404);
  });

  it('of anything else is absent, byte for byte', async () => {
    const [id, second, unjudged] = [await sendFile(), await sendFile(), (await bed.announce(bruno)).id];
    const link = await linkOf(bruno, id);
    const token = link.split('token=')[1] ?? '';
    const receipt = String((await bed.look(bruno, id))?.receipt);
    const tampered = `${token.slice(0, -6)}${createHash('sha256').update(token).digest('base64url').slice(0, 6)}`;
    const attempts = [
      `/files/${id}`,
      `/files/${id}?token=`,
      `/files/${second}?token=${token}`,
      `/files/${unjudged}?token=${token}`,
      `/files/${id}?token=${tampered}`,
      `/files/${id}?token=${receipt}`,
    ];
    attempts.push(`/files/${id}?token=${token}&token=${token}`, `/files/..%2f${id}?token=${token}`, '/files/att_?token=x', '/files/%00');
    const absent = await (await bed.get(bruno, `/files/${demoId('att', 'absent')}?token=${token}`)).text();
    for (const path of attempts) {
      const answer = await bed.get(bruno, path);
      expect([path, answer.status, await answer.text()]).toEqual([path, 404, absent]);
    }
  });

  it('is never linked to before the verdict', async () => {
    expect(await bed.look(bruno, (await bed.announce(bruno)).id)).toMatchObject({ downloadUrl: null });
  });
});

it('a fault tells nobody what it was', async () => {
  const link = await linkOf(bruno, await sendFile());
  const owner = new pg.Client({ connectionString: bed.service.database.urls.owner });
  await owner.connect();
  await owner.query('alter table attachment rename to hidden');
  const answer = await bed.get(anonymous, link);
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL' } }] },
  ]);
  await owner.query('alter table hidden rename to attachment');
  await owner.end();
});
