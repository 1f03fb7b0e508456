import { expect, test } from '@jest/globals';
import { bar, Progress } from './progress.mjs';

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), written };
}

test('in a pipe every step is a plain line', () => {
  const pipe = stream(false);
  const progress = new Progress({ total: 8, done: 4, stream: pipe });
  progress.step('databases');
  progress.say('port 4000 is taken');
  progress.close();
  expect(pipe.written).toEqual(['5/8 databases\n', 'port 4000 is taken\n']);
});

test('on a terminal one line is drawn again and again, and taken away at the end', () => {
  const terminal = stream(true);
  const progress = new Progress({ total: 2, stream: terminal });
  progress.step('build');
  progress.close();
  expect(terminal.written[0]).toContain('[##########----------] 1/2 build');
  expect(terminal.written.at(-1)).toBe('\r\x1b[K');
});

test('something said on a terminal keeps its own line above the bar', () => {
  const terminal = stream(true);
  const progress = new Progress({ total: 2, stream: terminal });
  progress.step('build');
  progress.say('waiting');
  progress.close();
  expect(terminal.written.slice(1, 3)).toEqual(['\r\x1b[Kwaiting\n', expect.stringContaining('1/2 build')]);
});

test('the bar is full at the last step', () => {
  expect(bar(8, 8)).toBe('[####################]');
});
