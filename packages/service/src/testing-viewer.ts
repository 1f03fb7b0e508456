import { anonymous, type Viewer } from './viewer.ts';

/** A signed-in person; everything may be overridden. */
export const buildViewer = (changes: Partial<Viewer> = {}): Viewer => ({
  ...anonymous,
  kind: 'PERSON',
  personId: 'per_00000000000000000000000001',
  sessionId: 'ses_00000000000000000000000001',
  roles: ['CONTACT'],
  ...changes,
});
