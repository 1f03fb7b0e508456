import { isStaff, policy, type Viewer } from '@atende/service';
import type { Article } from './article.ts';

const isClient = (viewer: Viewer): boolean => viewer.contacts.length > 0;

/** Everybody sees what was published for them; staff see everything. Row-level security says it again (article.schema.ts). */
export const seesArticle = policy('seesArticle', (viewer: Viewer, { status, audience }: Pick<Article, 'status' | 'audience'>) => {
  if (isStaff(viewer)) return true;
  return status === 'PUBLISHED' && (audience === 'PUBLIC' || (audience === 'CLIENTS' && isClient(viewer)));
});

/** Staff write, publish and retire (decision 0053). A class of watchers writes nothing. */
export const mayWrite = policy('mayWrite', (viewer: Viewer) => viewer.kind === 'PERSON' && isStaff(viewer));

/** One vote a person, of those for whom articles are written: an auditor reads. */
export const mayVote = policy('mayVote', (viewer: Viewer) => viewer.kind === 'PERSON' && (isClient(viewer) || isStaff(viewer)));
