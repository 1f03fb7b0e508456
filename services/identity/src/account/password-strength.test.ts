import { describe, expect, it } from '@jest/globals';
import { isWeak } from './password-strength.ts';

describe('a password', () => {
  it.each([
    'correto cavalo grampo bateria',
    'Vidro-Azul-27-Serra',
    'kX9$wq!2LmZ7',
    'trem das onze às sete',
    '#8%2(9)6~9=8',
    '密码很长很长的一个安全口令吗',
  ])('%j is strong enough', (password) => {
    expect(isWeak(password, 'ana@acme.example')).toBe(false);
  });

  it.each([
    ['shorter than 12 characters', 'kX9$wq!2LmZ'],
    ['longer than 200', 'kX9$wq!2LmZ7'.repeat(17)],
    ['half a character', `kX9$wq!2LmZ7\ud800`],
    ['few different characters', 'aaaabbbbaaaabbbb'],
    ['a row of digits', '1234567890123'],
    ['a row of letters downwards', 'zyxwvutsrqpon'],
    ['digits, like a phone number', '+55 11 98273-6154'.slice(1)],
    ['a common word with digits', 'Password123456'],
    ['a common word in Portuguese', 'senha@2026!!!'],
    ['common words read through stand-ins', '$3nh4-P0rt4l-2026'],
    ['keys beside one another', 'qwertyuiop12345'],
    ['the login with a little around it', 'anasouza-2026'],
  ])('made of %s is too weak', (_, password) => {
    expect(isWeak(password, 'anasouza@acme.example')).toBe(true);
  });

  it('may hold the login when enough stands beside it', () => {
    expect(isWeak('anasouza tem 3 gatos pretos', 'anasouza@acme.example')).toBe(false);
  });
});
