import { defineEvent } from './define-event.ts';
import { code, count, flag, id, oneOf, part } from './words.ts';

const service = 'tickets';

export const FormPublished = defineEvent('form.published', {
  version: 2,
  service,
  describes: 'A form version may be opened from now on. Carries what uploads are checked against, and where its options lie.',
  data: {
    requestType: code(),
    formVersion: count(),
    attachmentPolicy: part({
      /** Lower case without a dot; null: any safe type. */
      extensions: code().array().nullable(),
      archivesOnly: flag(),
      maxFiles: count(),
      maxBytes: count(),
    }),
    /** Since v2: the fields that offer options, and where those lie. */
    optionFields: part({
      field: code(),
      /** The lists of the catalogue that it takes its options from. */
      lists: code().array(),
      depth: oneOf('CHILDREN', 'DESCENDANTS'),
      /** Only what lies below this entry; null: anywhere. */
      rootId: id('opt').nullable(),
      /** Only what lies below the option chosen in an earlier field. */
      belowChoice: flag(),
    })
      .array()
      .optional(),
  },
});

const draft = { requestType: code(), formVersion: count() };

export const FormDrafted = defineEvent('form.drafted', {
  version: 1,
  service,
  describes: 'The next version of a form was begun or saved. Nobody but supervisors sees it before it is published.',
  data: draft,
});

export const FormDiscarded = defineEvent('form.discarded', {
  version: 1,
  service,
  describes: 'The next version of a form was thrown away before it was published.',
  data: draft,
});

export const FormWithdrawn = defineEvent('form.withdrawn', {
  version: 1,
  service,
  describes: 'A request type was taken out of the menu: its form is superseded, and nothing takes its place.',
  data: draft,
});

/** So many options one event offers at most. */
export const OFFERED_AT_ONCE = 500;

export const OptionsOffered = defineEvent('options.offered', {
  version: 1,
  service,
  describes: `Entries of the catalogue that can be chosen from now on, ${OFFERED_AT_ONCE} of them at most. Its aggregate is the edit that brought them.`,
  data: {
    places: part({
      list: code(),
      /** The entries above them, the nearest first. */
      aboveIds: id('opt').array(),
      optionIds: id('opt').array().max(OFFERED_AT_ONCE),
    })
      .array()
      .max(OFFERED_AT_ONCE),
  },
});

export const OptionRetired = defineEvent('option.retired', {
  version: 1,
  service,
  describes: 'An entry of the catalogue can no longer be chosen, and nothing that lies below it.',
  data: { list: code(), replacedById: id('opt').nullable() },
});

export const OptionsChanged = defineEvent('options.changed', {
  version: 1,
  service,
  describes: `Entries of the catalogue that are called, grouped, sorted or replaced otherwise from now on, ${OFFERED_AT_ONCE} of them at most. Its aggregate is the edit.`,
  data: { optionIds: id('opt').array().max(OFFERED_AT_ONCE) },
});

export const CatalogueImported = defineEvent('catalogue.imported', {
  version: 1,
  service,
  describes: 'A file of the catalogue was taken in, whole. What it brought is told by the other events of the same edit.',
  data: { created: count(), changed: count(), retired: count(), unchanged: count() },
});
