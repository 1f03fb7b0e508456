// npm test: sets up like npm start, runs each jest project and closes with true counts. `npm test -- <pattern>` narrows it.
import { writeSync } from 'node:fs';

writeSync(1, 'Atende: the tests\n');

const [{ Progress }, { steps, setUp }, { SetUpError, endAll }, { runProject }, { closingLine, passes }, { unsteadyLines }] =
  await Promise.all([
    import('./progress.mjs'),
    import('./set-up.mjs'),
    import('./run.mjs'),
    import('./jest-project.mjs'),
    import('./test-counts.mjs'),
    import('./second-run.mjs'),
  ]);

const projects = [
  { name: 'unit', workers: 2 },
  { name: 'faults', workers: 1 },
  { name: 'bootstrap', workers: 1 },
];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}

const results = [];
try {
  const progress = new Progress({ total: steps });
  const { node, env } = await setUp(progress);
  progress.close();
  for (const project of projects) results.push(await runProject(project, { node, env, args: process.argv.slice(2) }));
} catch (error) {
  results.push({ crash: error.message });
  console.error(error instanceof SetUpError ? error.message : error);
}
process.exitCode = passes(results, projects.length) ? 0 : 1;
const unsteady = unsteadyLines(results);
if (unsteady) writeSync(1, `${unsteady}\n`);
writeSync(1, `${closingLine(results)}\n`);
