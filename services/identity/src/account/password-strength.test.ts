import { describe, expect, it } from '@jest/globals';
import { makePasswordJudge } from './password-judge.ts';
import { guessedFirst, isPlainlyWeak } from './password-strength.ts';

const owner = { login: 'anasouza@acme.example', name: 'Ana Souza' };
const passwords = makePasswordJudge();
const slow = 30_000; // ms until the dictionaries are read on a busy machine

describe('a password', () => {
  it.each([
    'correto cavalo grampo bateria',
    'Vidro-Azul-27-Serra',
    'kX9$wq!2LmZ7',
    'trem das onze às sete',
    '#8%2(9)6~9=8',
    '密码很长很长的一个安全口令吗',
    'anasouza tem 3 gatos pretos',
  ])(
    '%j is strong enough',
    async (password) => {
      expect(await passwords.isWeak(password, owner)).toBe(false);
    },
    slow,
  );

  it.each([
    ['shorter than 12 characters', 'kX9$wq!2LmZ'],
    ['longer than 200', 'kX9$wq!2LmZ7'.repeat(17)],
    ['half a character', `kX9$wq!2LmZ7\ud800`],
    ['digits, like a phone number', '+55 11 98273-6154'.slice(1)],
    ['words of the house read through stand-ins', '$3nh4-P0rt4l-2026'],
    ['the word for it', 'senha@2026!!!'],
    ['the login with a little around it', 'anasouza-2026'],
    ['the name', '2026 Souza, Ana!'],
    ['the organization’s own domain', 'ACME.example#2026'],
  ])('made of %s is weak at a glance', (_, password) => {
    expect(isPlainlyWeak(password, owner)).toBe(true);
  });

  it.each([
    ['few different characters', 'aaaabbbbaaaabbbb'],
    ['a row of digits with a letter', '1234567890123a'],
    ['a row of letters downwards', 'zyxwvutsrqpon'],
    ['a common word with digits', 'Passw0rd123456'],
    ['a football club and its year', 'Corinthians1910'],
    ['a season and a year', 'Summer2026!!!'],
    ['given names and a year', 'Maria@1985jose'],
    ['keys beside one another', 'qwertyuiop12345'],
    ['one word again and again', 'iloveyou'.repeat(20)],
    ['one word again and again, in disguise', 'dr4g0n'.repeat(30)],
  ])(
    'made of %s is too weak',
    async (_, password) => {
      expect(isPlainlyWeak(password, owner)).toBe(false);
      expect(await passwords.isWeak(password, owner)).toBe(true);
    },
    slow,
  );

  it('is measured against its owner: what is theirs is guessed first', () => {
    expect(guessedFirst(owner)).toEqual(expect.arrayContaining(['atende', 'senha', 'anasouza', 'acme', 'ana', 'souza']));
    expect(isPlainlyWeak('Guimarães#2026', { login: 'lg@acme.example', name: 'Luísa Guimarães' })).toBe(true);
    expect(isPlainlyWeak('Guimarães#2026', owner)).toBe(false);
  });
});

describe('judging', () => {
  it('is given up when it takes too long, and goes on with the next one', async () => {
    const hasty = makePasswordJudge({ patience: 1, queue: 50, idle: 60_000 });
    const verdicts = await Promise.allSettled([1, 2].map(() => hasty.isWeak('Vidro-Azul-27-Serra', owner)));
    expect(verdicts).toMatchObject(Array(2).fill({ status: 'rejected', reason: { extensions: { code: 'DEPENDENCY_UNAVAILABLE' } } }));
  });

  it('refuses more than wait for theirs, and ends its thread when nobody asks any more', async () => {
    const small = makePasswordJudge({ patience: slow, queue: 2, idle: 1 });
    const verdicts = await Promise.allSettled([1, 2, 3].map(() => small.isWeak('Vidro-Azul-27-Serra', owner)));
    expect(verdicts[2]).toMatchObject({ status: 'rejected', reason: { extensions: { code: 'DEPENDENCY_UNAVAILABLE' } } });
  });
});
