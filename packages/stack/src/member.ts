import type { StackProcess } from './stack.ts';
import type { Supervised } from './supervised.ts';
import { type Instance, urlOf } from './topology.ts';

/** A supervised program as those who run the stack see it. */
export function member(supervised: Supervised, at?: Instance): StackProcess {
  return {
    name: supervised.name,
    get pid() {
      return supervised.pid;
    },
    url: at && urlOf(at.port),
    probeUrl: at && urlOf(at.probePort),
    kill: (signal) => supervised.kill(signal),
    ready: () => supervised.ready(),
    restart: () => supervised.restart(),
    start: () => supervised.start(),
    stop: () => supervised.stop(),
  };
}
