// What is needed to fetch things: npm's registry, a clock that certificates believe, proxies.
import { npm } from '../npm.mjs';
import { run } from '../run.mjs';
import { fail, ok, warn } from './finding.mjs';

/** npm's own settings, as the user's npm reads them: `{ version, registry }`; without version it does not run. */
export async function npmSettings(root) {
  const [version, registry] = await Promise.all([npm(['--version'], { root }), npm(['config', 'get', 'registry'], { root })]);
  const address = registry.output.split('\n').find((line) => /^https?:/.test(line));
  return {
    version: version.code === 0 ? /^\d+\.\d+\.\d+/m.exec(version.output)?.[0] : undefined,
    registry: address ?? 'https://registry.npmjs.org/',
  };
}

/** One look at the registry: `{ date }` of its answer and how far our clock is from it, or `{ reason }`. */
export async function askRegistry(address) {
  const words = ['--silent', '--show-error', '--head', '--location', '--connect-timeout', '5', '--max-time', '10', address];
  const { code, output } = await run('curl', words);
  if (code === 127) return askWithoutCurl(address);
  const date = [...output.matchAll(/^date: *(.+)$/gim)].at(-1)?.[1];
  return code === 0 ? answered(date) : { reason: output.split('\n').at(-1) };
}

// Node's own client heeds no proxy, so it comes second.
async function askWithoutCurl(address) {
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(10_000) });
    return answered(answer.headers.get('date'));
  } catch (error) {
    return { reason: error.cause?.code || error.cause?.message || error.message };
  }
}

const answered = (date) => ({ ahead: date && !Number.isNaN(Date.parse(date)) ? Date.now() - Date.parse(date) : undefined });

/** `needed`: something is still to be fetched. */
export function checkRegistry({ registry, answer, needed }) {
  if (!answer.reason) return ok(`${registry} answers`);
  if (!needed) return ok(`${registry} does not answer, and nothing is needed from it`);
  return fail(
    `${registry} cannot be reached: ${answer.reason}`,
    'behind a proxy: npm config set https-proxy http://host:port; with another registry: npm config set registry <url>',
  );
}

const tolerable = 60_000; // ms; HTTP dates count seconds
const broken = 86_400_000; // ms; certificates are good for months, but not backwards

export function checkClock({ registry, answer: { ahead } }) {
  if (ahead === undefined) return ok('the clock was compared with nobody');
  const off = Math.abs(ahead);
  if (off < tolerable) return ok('the clock agrees with the registry');
  const text = `this clock is ${span(off)} ${ahead > 0 ? 'ahead of' : 'behind'} that of ${registry}`;
  const mend = 'sudo timedatectl set-ntp true (in WSL: sudo hwclock -s)';
  return off < broken ? warn(text, mend) : fail(`${text}: certificates are refused`, mend);
}

const span = (ms) => (ms < 7_200_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 3_600_000)} hours`);

export function checkProxy(env = process.env) {
  const given = ['http_proxy', 'https_proxy'].flatMap((name) => [name, name.toUpperCase()]).filter((name) => env[name]);
  const wrong = given.find((name) => !/^\w+:\/\/[^/]/.test(env[name]));
  if (wrong) return fail(`${wrong} is no address: ${env[wrong]}`, `export ${wrong}=http://host:port`);
  if (given.length === 0) return ok('no proxy');
  const spared = (env.no_proxy ?? env.NO_PROXY ?? '').split(/[\s,]+/);
  if (spared.some((one) => one === '*' || one === '127.0.0.1' || one === '127.0.0.0/8'))
    return ok(`${given.join(', ')}, spared on this machine`);
  return warn(
    `${given.join(', ')} and nothing spares 127.0.0.1: curl and browsers ask the proxy for this machine`,
    'export NO_PROXY=127.0.0.1,localhost',
  );
}
