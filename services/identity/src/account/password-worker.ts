import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { dictionary as spanish } from '@zxcvbn-ts/language-es-es';
import { dictionary as portuguese } from '@zxcvbn-ts/language-pt-br';
import type { Judged, ToJudge } from './password-judge.ts';

// A thread of its own: the dictionaries take long to read, and a hostile password takes long to judge.
if (!parentPort) throw new Error('password-worker.ts runs as a worker thread only');
const port = parentPort;

/** What guessing it takes, in powers of ten, below which a password is weak: 10,000,000,000 guesses. */
const ENOUGH = 10;
const judge = new ZxcvbnFactory({
  dictionary: { ...common, ...english, ...spanish, ...portuguese },
  graphs: adjacencyGraphs,
  // Time grows with both (figures in services/identity/README.md): what the first forty characters are worth is enough.
  maxLength: 40,
  l33tMaxSubstitutions: 5,
});

port.on('message', ({ id, password, guessedFirst }: ToJudge) => {
  port.postMessage({ id, isWeak: judge.check(password, guessedFirst).guessesLog10 < ENOUGH } satisfies Judged);
});
