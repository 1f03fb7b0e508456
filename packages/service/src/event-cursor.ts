/** A place in the events of one service. Positions of different epochs cannot be compared. */
export interface Reached {
  epoch: string;
  position: number;
}

/** Opaque to clients. */
export const encodeCursor = ({ epoch, position }: Reached): string => Buffer.from(`${epoch}.${position}`).toString('base64url');

/** null when it is no cursor of ours. */
export function decodeCursor(cursor: string): Reached | null {
  const [, epoch, position] = /^([A-Za-z0-9_-]{1,64})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return epoch && position ? { epoch, position: Number(position) } : null;
}

/**
 * What an event is to somebody who has reached a place: the next one, one already seen, one after a gap that must be
 * filled from the feed first, or one of another epoch, where nothing reached counts any more.
 */
export function judge(reached: Reached, event: Reached): 'NEXT' | 'SEEN' | 'GAP' | 'OTHER_EPOCH' {
  if (event.epoch !== reached.epoch) return 'OTHER_EPOCH';
  if (event.position <= reached.position) return 'SEEN';
  return event.position === reached.position + 1 ? 'NEXT' : 'GAP';
}
