import { defineEvent } from './define-event.ts';
import { count } from './words.ts';

export const CriticalitySaved = defineEvent('criticality.saved', {
  version: 1,
  service: 'tickets',
  describes: 'The decision table of criticality has a new edition, which decides from now on. Its version is the edition.',
  data: { rowCount: count() },
});
