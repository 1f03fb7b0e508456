import { policy, type Viewer } from '@atende/service';

/** One's own rights and nobody else's. */
export const isViewer = policy('isViewer', (viewer, asked: Viewer) => viewer.personId !== null && viewer.personId === asked.personId);
