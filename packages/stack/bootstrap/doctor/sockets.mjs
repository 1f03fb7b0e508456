// Who listens on a port, as Linux tells it.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** `{ pid, command }` of the process that listens on this TCP port, or undefined when nobody tells. */
export function listenerOn(port) {
  const inode = ['/proc/net/tcp', '/proc/net/tcp6'].map((table) => inodeIn(table, port)).find(Boolean);
  return inode && processes().find(({ pid }) => socketsOf(pid).includes(`socket:[${inode}]`));
}

const listening = '0A';

function inodeIn(table, port) {
  const rows = lines(table).map((line) => line.trim().split(/\s+/));
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return rows.find(([, address, , state]) => state === listening && address.endsWith(`:${wanted}`))?.[9];
}

/** Every process that may be looked at, with its command line. */
export function processes() {
  const pids = entries('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => ({ pid: Number(pid), command: lines(`/proc/${pid}/cmdline`).join(' ').replaceAll('\0', ' ').trim() }));
}

/** The process that started this one. */
export function parentOf(pid) {
  const stat = lines(`/proc/${pid}/stat`).join('');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

const socketsOf = (pid) => entries(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));

const entries = (folder) => orNothing(() => readdirSync(folder));
const lines = (file) => orNothing(() => readFileSync(file, 'utf8').split('\n').filter(Boolean));
const link = (file) => orNothing(() => readlinkSync(file));

function orNothing(read) {
  try {
    return read();
  } catch {
    return []; // another user's, or gone in between
  }
}
