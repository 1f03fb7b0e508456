// Every check in the order in which a start meets what it checks.
import { arePackagesInstalled } from '../packages.mjs';
import { fail } from './finding.mjs';
import { checkLock, checkOrphans, checkTemporary, holderOf } from './leftovers.mjs';
import { checkLibrary, checkMemory, checkNode, checkNpm } from './machine.mjs';
import { askRegistry, checkClock, checkProxy, checkRegistry, npmSettings } from './network.mjs';
import { checkPorts, usualPorts } from './ports.mjs';
import { checkDisk, checkLineEnds, checkPassage, checkRights, needs } from './room.mjs';
import { checkNats, checkPostgres } from './servers.mjs';
import { parentOf } from './sockets.mjs';

/** What is found on this machine for a start of `root` on `data` with the gateway on `port`. Changes nothing but the links that the package of PostgreSQL leaves to who unpacks it. */
export async function examine({ root, data, port }) {
  const installed = arePackagesInstalled(root);
  const { version, registry } = await npmSettings(root);
  const answer = await askRegistry(registry);
  const holder = holderOf(data);
  const checks = {
    'Node.js': () => checkNode(root),
    npm: () => checkNpm(version),
    system: () => checkLibrary(),
    memory: () => checkMemory(),
    disk: () => checkDisk(needs(root, data, installed)),
    rights: () => checkRights(root, data),
    'line ends': () => checkLineEnds(root),
    proxy: () => checkProxy(),
    registry: () => checkRegistry({ registry, answer, needed: !installed }),
    clock: () => checkClock({ registry, answer }),
    PostgreSQL: () => checkPostgres(root, data, { installed }),
    'PostgreSQL user': () => checkPassage(root, data),
    NATS: () => checkNats(root),
    'data folder': () => checkLock(data),
    leftovers: () => checkOrphans(data),
    'test folders': () => checkTemporary(),
    ports: () => checkPorts(usualPorts(port), { own: (pid) => holder?.alive && parentOf(pid) === holder.pid }),
  };
  const findings = [];
  for (const [name, check] of Object.entries(checks)) findings.push({ name, ...(await attempt(check)) });
  return findings;
}

// A check that cannot be made is a finding too: it must not hide the others.
async function attempt(check) {
  try {
    return await check();
  } catch (error) {
    return fail(`could not be checked: ${error.message}`, 'npm run doctor -- --json, and tell us');
  }
}
