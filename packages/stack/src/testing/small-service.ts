// A service in the eyes of the supervisor, and nothing more: two ports, a configuration, an end. For the launcher's tests.
import { createServer } from 'node:http';

const { PORT, PROBE_PORT, EXIT_WITH_PARENT, SMALL_FAULT } = process.env;

if (SMALL_FAULT) {
  console.error(`the configuration is bad: ${SMALL_FAULT}`);
  process.exit(78);
}

const answer = createServer((_, response) => response.end(JSON.stringify({ pid: process.pid, env: process.env })));
const probe = createServer((_, response) => response.end('ok'));
answer.listen(Number(PORT), '127.0.0.1');
probe.listen(Number(PROBE_PORT), '127.0.0.1');

const end = () => {
  console.log(`ended at ${Date.now()}`);
  process.exit(0);
};
process.on('SIGTERM', end);
if (EXIT_WITH_PARENT === '1') process.stdin.on('close', end).resume();
