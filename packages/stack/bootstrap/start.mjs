// npm start. Runs on Node 20 without any package: sets up what is missing, then hands over to the launcher.
import { writeSync } from 'node:fs';

const started = performance.now();
const args = process.argv.slice(2);
const asksForHelp = args.includes('--help') || args.includes('-h');
if (!asksForHelp) writeSync(1, 'Atende starts (npm start -- --help lists the options)\n');

const [{ help, parseOptions }, { Progress }, { steps, setUp, root }, { SetUpError, endAll }, { handOver }] = await Promise.all([
  import('./options.mjs'),
  import('./progress.mjs'),
  import('./set-up.mjs'),
  import('./run.mjs'),
  import('./hand-over.mjs'),
]);

const launcherSteps = 4;

if (asksForHelp) {
  console.log(help);
} else {
  const { faults } = parseOptions(args, { root, cwd: process.env.INIT_CWD ?? process.cwd() });
  process.exitCode = faults.length > 0 ? refuse(faults) : await start();
}

function refuse(faults) {
  console.error(['This cannot be started:', ...faults.map((fault) => `  ${fault}`), 'npm start -- --help lists the options'].join('\n'));
  return 78;
}

async function start() {
  const progress = new Progress({ total: steps + launcherSteps });
  const stop = () => {
    endAll();
    progress.close();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  try {
    const { node, env } = await setUp(progress);
    progress.close();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
    const since = String(Math.round(performance.timeOrigin + started));
    return await handOver(node, args, {
      ...env,
      ATENDE_STEPS_DONE: String(steps),
      ATENDE_STEPS: String(steps + launcherSteps),
      ATENDE_STARTED: since,
    });
  } catch (error) {
    progress.close();
    console.error(error instanceof SetUpError ? error.message : error);
    return 1;
  }
}
