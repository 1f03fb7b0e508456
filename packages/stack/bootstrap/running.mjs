// What a running stack notes about itself in its data folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `[--data <folder>] <service> <command> …` */
export function readWords([first, ...others]) {
  if (first === '--data') return { data: others[0], service: others[1], rest: others.slice(2) };
  return { service: first, rest: others };
}

/** The settings of one service of the stack that runs on this folder, or why there are none. */
export function readRunning(data, service) {
  const running = read(join(data, 'running.json'));
  if (!running) return { fault: `Nothing runs on ${data}: npm start first, or name the folder with --data.` };
  const settings = running.services?.[service];
  if (!settings) return { fault: `Which service? There are ${Object.keys(running.services ?? {}).join(', ')}.` };
  return { settings };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
