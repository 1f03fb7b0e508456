import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { recordingAct } from '../testing/recording-act.ts';
import { RefreshToken } from './refresh-token.ts';
import { Session } from './session.ts';

const now = new Date('2026-03-02T12:00:00Z');
const personId = demoId('per', 'ana');

describe('a session', () => {
  it('lives thirty days at the longest', () => {
    expect(Session.start(now, personId)).toMatchObject({
      createdAt: now,
      expiresAt: new Date('2026-04-01T12:00:00Z'),
      endedAt: null,
      endReason: null,
    });
  });

  it('ends with a reason, and says so', () => {
    const act = recordingAct(now);
    const session = Session.start(now, personId);
    session.end(act, 'SIGNED_OUT');
    expect(session).toMatchObject({ endedAt: now, endReason: 'SIGNED_OUT' });
    expect(act.events).toEqual([{ type: 'session.ended', aggregate: session.id, version: 1, data: { personId, reason: 'SIGNED_OUT' } }]);
  });

  it('whose rights changed is replaced by one of the same family and the same end', () => {
    const act = recordingAct(new Date('2026-03-05T12:00:00Z'));
    const session = Session.start(now, personId);
    const successor = session.replace(act, 'RIGHTS_CHANGED');
    expect(session.endReason).toBe('RIGHTS_CHANGED');
    expect(successor).toMatchObject({ personId, family: session.family, expiresAt: session.expiresAt, createdAt: act.now, endedAt: null });
    expect(successor.id).not.toBe(session.id);
    expect(act.events).toHaveLength(1);
  });
});

describe('a refresh token', () => {
  it('is good for seven days, and stored as a digest', () => {
    const { token, secret } = RefreshToken.issue(now, Session.start(now, personId));
    expect(token).toMatchObject({ expiresAt: new Date('2026-03-09T12:00:00Z'), usedAt: null });
    expect(token.hash).not.toContain(secret);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it('does not outlive its session', () => {
    const session = Session.start(now, personId);
    const late = new Date('2026-03-30T12:00:00Z');
    expect(RefreshToken.issue(late, session).token.expiresAt).toEqual(session.expiresAt);
  });
});
