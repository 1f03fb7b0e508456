import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessOfBrunosTicket, ana, bruno, gisele, rita, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
  const policy = { extensions: null, archivesOnly: true, maxFiles: 2, maxBytes: 1000 };
  await bed.happens('form.published', { aggregate: demoId('frm', 'cloud'), data: { attachmentPolicy: policy } });
  await bed.happens('form.published', {
    aggregate: demoId('frm', 'pdf'),
    data: { attachmentPolicy: { ...policy, archivesOnly: false, extensions: ['pdf'] } },
  });
  await bed.happens('ticket.opened', { aggregate: demoId('tkt', 'bruno'), data: { formId: demoId('frm', 'cloud'), attachmentIds: [] } });
  await bed.happens('ticket.access', { aggregate: demoId('tkt', 'bruno'), data: accessOfBrunosTicket });
});
afterAll(() => bed[Symbol.asyncDispose]());

describe('createUpload', () => {
  it('gives the address to upload to, and a file that is not there yet', async () => {
    const { id, uploadUrl, errors } = await bed.announce(bruno, { fileName: 'rm.log', size: 10, contentType: 'text/plain' });
    expect(errors).toEqual([]);
    expect(uploadUrl).toBe(`https://suporte.example/files/uploads/${id}`);
    expect(await bed.look(bruno, id)).toMatchObject({
      fileName: 'rm.log',
      size: 10,
      contentType: 'text/plain',
      status: 'UPLOADING',
      receipt: null,
      downloadUrl: null,
    });
  });

  it('binds the file to its uploader: others do not find it, an absent one looks the same', async () => {
    const { id } = await bed.announce(bruno);
    const ask = (viewer: typeof bruno, asked: string) =>
      bed.service.ask(viewer, 'query($id: ID!) { attachment(id: $id) { id } }', { id: asked });
    for (const other of [ana, gisele, rita]) expect(await ask(other, id)).toEqual(await ask(other, demoId('att', 'absent')));
    expect(await bed.look(ana, id)).toBeNull();
  });

  it('answers the same upload for the same key and input, and CONFLICT for another input', async () => {
    const input = { clientKey: 'once', fileName: 'a.txt' };
    const [first, second] = await Promise.all([bed.announce(bruno, input), bed.announce(bruno, input)]);
    expect(second).toEqual(first);
    await expect(bed.announce(bruno, { ...input, size: 11 })).rejects.toThrow('CONFLICT');
    expect((await bed.announce(gisele, input)).id).not.toBe(first.id);
  });

  it('says everything that is wrong at once, in the language asked for', async () => {
    const input = { clientKey: 'wrong', formId: demoId('frm', 'cloud'), fileName: '../nota.pdf', size: 3_000_000, contentType: 'nonsense' };
    const query =
      'mutation($input: CreateUploadInput!) { createUpload(input: $input) { uploadUrl attachment { id } errors { code field message } } }';
    const { data } = await bed.service.ask(bruno, query, { input }, { 'accept-language': 'en' });
    expect(data.createUpload).toEqual({
      uploadUrl: null,
      attachment: null,
      errors: [
        {
          code: 'FILE_NAME_REFUSED',
          field: ['input', 'fileName'],
          message: 'The name of the file contains a path or characters that are not accepted.',
        },
        {
          code: 'FILE_TYPE_REFUSED',
          field: ['input', 'fileName'],
          message: 'The type of the file “../nota.pdf” is not accepted here (zip, rar).',
        },
        { code: 'FILE_TOO_LARGE', field: ['input', 'size'], message: 'The file has 2.9 MB; up to 1000 B are accepted.' },
        { code: 'BAD_USER_INPUT', field: ['input', 'contentType'], message: 'Invalid value.' },
      ],
    });
  });

  it('takes what the form takes', async () => {
    expect((await bed.announce(bruno, { formId: demoId('frm', 'cloud'), fileName: 'logs.zip' })).errors).toEqual([]);
    expect((await bed.announce(bruno, { formId: demoId('frm', 'pdf'), fileName: 'logs.zip' })).errors).toMatchObject([
      { code: 'FILE_TYPE_REFUSED' },
    ]);
    expect((await bed.announce(bruno, { formId: demoId('frm', 'pdf'), fileName: 'nota.PDF', contentType: '' })).errors).toEqual([]);
  });

  it('holds a later file of a ticket to the form that the ticket has', async () => {
    const ticketId = demoId('tkt', 'bruno');
    expect((await bed.announce(bruno, { ticketId, fileName: 'rm.log' })).errors).toMatchObject([{ code: 'FILE_TYPE_REFUSED' }]);
    expect((await bed.announce(bruno, { ticketId, fileName: 'logs.zip' })).errors).toEqual([]);
    // Where both have a rule, both hold: a pdf is no archive, and an archive no pdf.
    for (const fileName of ['nota.pdf', 'logs.zip']) {
      const { errors } = await bed.announce(bruno, { ticketId, formId: demoId('frm', 'pdf'), fileName });
      expect(errors).toMatchObject([{ code: 'FILE_TYPE_REFUSED' }]);
    }
  });

  it('and once it is classified, to the form it is filed under', async () => {
    const ticketId = demoId('tkt', 'bruno');
    const filedUnder = (form: object) => bed.happens('ticket.classified', { aggregate: ticketId, data: { before: {}, after: form } });
    const refused = async () => (await bed.announce(bruno, { ticketId, fileName: 'nota.pdf' })).errors.length > 0;
    await filedUnder({ formId: demoId('frm', 'pdf') });
    expect(await refused()).toBe(false);
    await filedUnder({ classification: 'COMPLETE' }); // completed under the same form
    expect(await refused()).toBe(false);
    await filedUnder({ formId: demoId('frm', 'cloud') });
    expect(await refused()).toBe(true);
    // Openings are kept together, after what else arrived with them.
    await bed.happens('ticket.opened', { aggregate: ticketId, data: { formId: demoId('frm', 'pdf'), attachmentIds: [] } });
    expect(await refused()).toBe(true);
  });

  it('counts the files of a draft', async () => {
    const input = { formId: demoId('frm', 'cloud'), draftId: demoId('drf', 'one'), fileName: 'logs.zip' };
    for (const _ of [1, 2]) expect((await bed.announce(bruno, input)).errors).toEqual([]);
    expect((await bed.announce(bruno, input)).errors).toMatchObject([{ code: 'TOO_MANY', field: ['input', 'draftId'] }]);
    expect((await bed.announce(bruno, { ...input, draftId: demoId('drf', 'two') })).errors).toEqual([]);
  });

  it.each([
    ['a foreign ticket', { ticketId: demoId('tkt', 'bruno') }],
    ['an absent ticket', { ticketId: demoId('tkt', 'absent') }],
    ['no id at all', { ticketId: "x' or true" }],
    ['an absent form', { formId: demoId('frm', 'absent') }],
    ['bytes that no text has', { formId: 'frm_\u0000' }],
    ['what is no draft', { draftId: 'x'.repeat(3000) }],
  ])('knows nothing of %s', async (_, place) => {
    await expect(bed.announce(gisele, place)).rejects.toThrow('NOT_FOUND');
  });

  it('is for contacts and staff', async () => {
    await expect(bed.announce(rita)).rejects.toThrow('FORBIDDEN');
  });
});

describe('deleteAttachment', () => {
  const query = 'mutation($id: ID!) { deleteAttachment(input: { attachmentId: $id }) { attachment { status } errors { code } } }';

  it('takes away one’s own file that no ticket has, once', async () => {
    const { id } = await bed.announce(bruno);
    const gone = { deleteAttachment: { attachment: { status: 'DELETED' }, errors: [] } };
    expect((await bed.service.ask(bruno, query, { id })).data).toEqual(gone);
    expect((await bed.service.ask(bruno, query, { id })).data).toEqual(gone);
    const events = await bed.service.worker().execute('select type, version, actor, data from event where aggregate = ?', [id]);
    expect(events).toEqual([
      { type: 'attachment.deleted', version: 1, actor: bruno.personId, data: { ticketId: null, reason: 'BY_PERSON' } },
    ]);
  });

  it('answers a foreign one like an absent one', async () => {
    const { id } = await bed.announce(bruno);
    const [foreign, absent] = await Promise.all([
      bed.service.ask(gisele, query, { id }),
      bed.service.ask(gisele, query, { id: demoId('att', 'absent') }),
    ]);
    expect(foreign).toEqual(absent);
    expect(foreign.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await bed.look(bruno, id)).toMatchObject({ status: 'UPLOADING' });
  });

  it('leaves the file of a ticket alone', async () => {
    const { id } = await bed.announce(bruno);
    await bed.service
      .worker()
      .execute("update attachment set ticket_id = ?, visibility = 'PUBLIC' where id = ?", [demoId('tkt', 'bruno'), id]);
    expect((await bed.service.ask(bruno, query, { id })).errors?.[0]?.extensions.code).toBe('CONFLICT');
  });
});
