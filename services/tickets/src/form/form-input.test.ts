import { describe, expect, it } from '@jest/globals';
import { readWatchers } from './form-input.ts';
import { buildField, buildForm, buildOrganization, evaluate, inShort } from './form-testing.ts';

describe('an opening', () => {
  const onBehalfOf = { organizationId: 'org_1', contactId: 'con_1' };
  const form = buildForm([], { entitledBy: ['software.rm'] });

  it.each([
    ['without an organization', { organization: null }, ['organizationId ORGANIZATION_REQUIRED']],
    ['that the contract does not include', { organization: buildOrganization({ entitlements: [] }) }, ['formId NOT_ENTITLED']],
    ['by phone from a contact', { channel: 'PHONE' }, ['channel CHANNEL_NOT_ALLOWED']],
    [
      'by phone for a client without phone support',
      { channel: 'PHONE', staff: true, onBehalfOf, organization: buildOrganization({ entitlements: ['software.rm'] }) },
      ['channel NOT_ENTITLED'],
    ],
    ['by staff in nobody’s name', { staff: true, organization: null }, ['onBehalfOf REQUIRED']],
    ['by a contact in the name of another', { onBehalfOf }, ['onBehalfOf HIDDEN_FIELD']],
  ] as const)('%s is refused', async (_, context, faults) => {
    expect(inShort(await evaluate(form, {}, context))).toEqual(faults);
  });

  it.each([
    ['by a contact', {}],
    ['by staff in the name of a contact', { staff: true, onBehalfOf }],
    ['by phone, for a client with phone support', { channel: 'PHONE', staff: true, onBehalfOf }],
    ['of a form for everyone', { organization: buildOrganization({ entitlements: [] }) }],
  ] as const)('%s is taken', async (name, context) => {
    const open = name === 'of a form for everyone' ? buildForm() : form;
    expect(inShort(await evaluate(open, {}, context))).toEqual([]);
  });
});

describe('watchers', () => {
  it('are kept in one spelling, each once', () => {
    expect(readWatchers([' Ana@ACME.example', 'ana@acme.example ', 'joão+nf@acme.com.br']).emails).toEqual([
      'ana@acme.example',
      'joão+nf@acme.com.br',
    ]);
  });

  it.each([
    '',
    'ana',
    'ana@',
    '@acme.example',
    'ana@acme',
    'ana@-acme.example',
    'a b@acme.example',
    'ana@acme.example\nBcc: x@y.example',
    'a,b@c.example',
  ])('refuse %j', async (address) => {
    expect(inShort(await evaluate(buildForm(), {}, { watchers: ['ok@acme.example', address] }))).toEqual(['watchers.1 NOT_AN_EMAIL']);
  });

  it('refuse what is too long for an address', () => {
    expect(readWatchers([`${'a'.repeat(65)}@acme.example`, `a@${`${'b'.repeat(60)}.`.repeat(5)}example`]).faults).toHaveLength(2);
  });

  it('are twenty at most', async () => {
    const many = Array.from({ length: 21 }, (_, index) => `w${index}@acme.example`);
    expect(inShort(await evaluate(buildForm(), {}, { watchers: many }))).toEqual(['watchers TOO_MANY']);
    expect(inShort(await evaluate(buildForm(), {}, { watchers: many.slice(1) }))).toEqual([]);
  });
});

describe('files', () => {
  const file = (place: number, extension: string | null, bytes = 10) => ({ id: `att_${place}`, place, extension, bytes });
  const policy = { extensions: ['zip', 'rar'], archivesOnly: true, maxFiles: 2, maxBytes: 1000 };
  const archives = buildForm([], { attachmentPolicy: policy });
  const ofType = async (changes: object, extension: string | null) =>
    inShort(await evaluate(buildForm([], { attachmentPolicy: { ...policy, ...changes } }), {}, { attachments: [file(0, extension)] }));

  it('are refused by type, size and number, all at once, each at its place', async () => {
    const attachments = [file(0, 'png'), file(2, 'zip', 1001), file(3, 'rar')];
    expect(inShort(await evaluate(archives, {}, { attachments }))).toEqual([
      'attachmentIds.0 FILE_REFUSED',
      'attachmentIds.2 FILE_REFUSED',
      'attachmentIds TOO_MANY',
    ]);
  });

  it('are taken when they fit', async () => {
    expect(inShort(await evaluate(archives, {}, { attachments: [file(0, 'zip', 1000), file(1, 'rar')] }))).toEqual([]);
    expect(inShort(await evaluate(buildForm(), {}, { attachments: [file(0, null)] }))).toEqual([]);
  });

  it('are archives where only archives are taken, whatever else the form lists', async () => {
    for (const extensions of [null, ['zip', 'png']]) {
      expect(await ofType({ extensions }, 'zip')).toEqual([]);
      expect(await ofType({ extensions }, 'png')).toEqual(['attachmentIds.0 FILE_REFUSED']);
    }
    expect(await ofType({ extensions: ['zip'] }, 'rar')).toEqual(['attachmentIds.0 FILE_REFUSED']);
  });

  it('without an extension are of no type that a form lists', async () => {
    expect(await ofType({}, null)).toEqual(['attachmentIds.0 FILE_REFUSED']);
    expect(await ofType({ archivesOnly: false, extensions: ['txt'] }, null)).toEqual(['attachmentIds.0 FILE_REFUSED']);
  });

  it('are the value of their field', async () => {
    const form = buildForm([buildField({ key: 'files', kind: 'FILES', maxLength: undefined, help: { 'pt-BR': 'x', en: 'x', es: 'x' } })]);
    const evaluation = await evaluate(form, {}, { attachments: [file(1, 'png')] });
    expect(evaluation.chosen.get('files')?.value).toEqual(['att_1']);
  });
});
