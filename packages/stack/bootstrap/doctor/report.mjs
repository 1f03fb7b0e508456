// The findings for people, one line each and the line that mends it below; or for programs.
import { worst } from './finding.mjs';

export function report(findings) {
  const widest = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, status, text, mend }) => [
    `${status.padEnd(4)}  ${name.padEnd(widest)}  ${text}`,
    ...(mend ? [`${' '.repeat(widest + 6)}  → ${mend}`] : []),
  ]);
  const count = (status) => findings.filter((finding) => finding.status === status).length;
  const summary = { OK: 'Everything is well.', WARN: 'It starts; see the lines above.', FAIL: 'This has to be mended first.' };
  return [...lines, '', `${count('OK')} OK, ${count('WARN')} WARN, ${count('FAIL')} FAIL. ${summary[worst(findings)]}`].join('\n');
}

export const reportJson = (findings) => JSON.stringify({ worst: worst(findings), checks: findings }, null, 2);
