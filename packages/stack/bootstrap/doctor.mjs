// npm run doctor: what can be wrong on this machine, and the line that mends it. Runs on Node 20 without any package.
import { examine } from './doctor/examine.mjs';
import { worst } from './doctor/finding.mjs';
import { report, reportJson } from './doctor/report.mjs';
import { parseOptions } from './options.mjs';
import { root } from './set-up.mjs';

const help = `Atende: what can be wrong on this machine.

  npm run doctor                       one line for each check: OK, WARN or FAIL, and how to mend it
  npm run doctor -- --port 8080        as for a start with these options
  npm run doctor -- --data <folder>
  npm run doctor -- --json             for programs

Exit code 1 when something FAILs.`;

const args = process.argv.slice(2);
const { options, faults } = parseOptions(
  args.filter((word) => word !== '--json'),
  { root, cwd: process.env.INIT_CWD ?? process.cwd() },
);

if (options.help) console.log(help);
else if (faults.length > 0) {
  console.error([...faults, 'npm run doctor -- --help'].join('\n'));
  process.exitCode = 78;
} else {
  const findings = await examine({ root, ...options });
  console.log(args.includes('--json') ? reportJson(findings) : report(findings));
  process.exitCode = worst(findings) === 'FAIL' ? 1 : 0;
}
