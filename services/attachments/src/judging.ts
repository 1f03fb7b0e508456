import { randomBytes } from 'node:crypto';
import type { Clock, Log } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Attachment } from './attachment.ts';
import type { Verdict } from './content/refusal.ts';
import { inspect } from './content/verdict.ts';
import type { FilesRoom } from './files-room.ts';

const LEASE = 4_000; // ms; a killed judge's file is taken up again after it
const RENEWAL = 1_000; // ms
const AT_ONCE = 2; // files judged by one process
const MOST_TRIES = 8;
// What is the machine's fault and not the file's: such a try does not count.
const PASSING = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'EROFS']);

/** The worker's unit of work, time, place and ear. */
export interface JudgingParts {
  forWorker(): EntityManager;
  clock: Clock;
  room: FilesRoom;
  log: Log;
}

/** Judges complete uploads, outside of any request's transaction, on a lease that another process takes up after a kill. */
export class Judging {
  readonly #parts: JudgingParts;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(parts: JudgingParts) {
    this.#parts = parts;
  }

  /** Judges this file now if there is a hand free; the job comes by otherwise. */
  async judge(id: string): Promise<void> {
    if (this.#running.size < AT_ONCE) await this.#next(id);
  }

  /** Judges whatever waits, what a killed judge left included. */
  async judgeWaiting(): Promise<void> {
    while (this.#running.size < AT_ONCE && (await this.#next()));
  }

  /** Lets go of what is being judged; it is judged again later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  /** Takes one file, if there is one to take, and judges it. */
  #next(id?: string): Promise<boolean> {
    if (this.#stopping.signal.aborted) return Promise.resolve(false);
    const work = this.#takeAndJudge(id).catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) this.#parts.log.error({ err: error, attachmentId: id }, 'judging failed; it is tried again');
      return false;
    });
    this.#running.add(work);
    return work.finally(() => this.#running.delete(work));
  }

  async #takeAndJudge(wanted?: string): Promise<boolean> {
    const judge = randomBytes(9).toString('base64url');
    const id = await this.#take(judge, wanted);
    if (!id) return false;
    const renewal = setInterval(() => void this.#renew(id, judge).catch(() => undefined), RENEWAL);
    try {
      await this.#judgeTaken(id, judge);
    } catch (error) {
      if (this.#stopping.signal.aborted || PASSING.has((error as NodeJS.ErrnoException).code ?? '')) await this.#giveTryBack(id, judge);
      throw error;
    } finally {
      clearInterval(renewal);
      await this.#parts.room.forgetQuarantined(id, judge);
    }
    return true;
  }

  async #take(judge: string, wanted?: string): Promise<string | undefined> {
    const now = this.#parts.clock.now();
    const [taken] = await this.#parts.forWorker().execute<{ id: string }[]>(
      `update attachment set judge_id = ?, judge_until = ?, judge_tries = judge_tries + 1 where id = (
         select id from attachment where status = 'QUARANTINED' and (judge_until is null or judge_until <= ?) and (?::text is null or id = ?)
         order by completed_at limit 1 for update skip locked) returning id`,
      [judge, this.#leaseFrom(now), now, wanted ?? null, wanted ?? null],
    );
    return taken?.id;
  }

  async #renew(id: string, judge: string): Promise<void> {
    await this.#parts
      .forWorker()
      .nativeUpdate(Attachment, { id, judgeId: judge }, { judgeUntil: this.#leaseFrom(this.#parts.clock.now()) });
  }

  /** Stopping lets go of the file at once; otherwise it waits for the end of the lease, so that a full disk is not hammered. */
  async #giveTryBack(id: string, judge: string): Promise<void> {
    const letGo = this.#stopping.signal.aborted ? 'null' : 'judge_until';
    await this.#parts
      .forWorker()
      .execute(`update attachment set judge_tries = judge_tries - 1, judge_until = ${letGo} where id = ? and judge_id = ?`, [id, judge]);
  }

  #leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE);

  async #judgeTaken(id: string, judge: string): Promise<void> {
    const { room } = this.#parts;
    const file = await this.#parts.forWorker().findOneOrFail(Attachment, { id });
    if (file.judgeTries > MOST_TRIES)
      return this.#settle(id, judge, { passed: false, reason: 'NOT_INSPECTED', mediaType: 'application/octet-stream' });
    const { signal } = this.#stopping;
    const { path, sha256, size } = await room.quarantine(id, judge, signal);
    if (size !== file.size) throw new Error(`${id} should have ${file.size} bytes and has ${size}`);
    // The row knows the hash before the content may lie under it, so that whoever erases the row finds the bytes.
    await this.#parts.forWorker().nativeUpdate(Attachment, { id, judgeId: judge }, { sha256 });
    const verdict = await inspect(
      { path, size, extension: file.extension, declaredType: file.declaredType, archivesOnly: file.archivesOnly },
      signal,
    );
    await this.#settle(id, judge, verdict, path);
  }

  /** Writes the verdict, if the file is still this judge's to judge. */
  async #settle(id: string, judge: string, verdict: Verdict, path?: string): Promise<void> {
    const { room, clock } = this.#parts;
    const settled = await this.#parts.forWorker().transactional(async (em) => {
      const file = await em.findOne(Attachment, { id, judgeId: judge, status: 'QUARANTINED' }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!file) return false;
      if (verdict.passed && path && file.sha256) {
        await lockContent(em, file.sha256);
        await room.keep(path, file.sha256);
      }
      file.judge(em, verdict, { actor: null, now: clock.now() });
      return true;
    });
    if (settled) await room.forgetUpload(id);
  }
}

/** Content is shared by equal files: keeping it and erasing it wait for each other. */
export async function lockContent(em: EntityManager, sha256: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 7284))', [sha256]);
}
