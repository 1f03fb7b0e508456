import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { htmlOf, plainOf } from './markdown.ts';
import { hostileMarkdown } from './testing/hostile-markdown.ts';

// All that an article's HTML may be made of, letter by letter. Whatever else begins with "<" would be a browser's to interpret.
const PLAIN_TAG = /<\/?(h[2-6]|p|br|hr|blockquote|ul|ol|li|pre|table|thead|tbody|tr|th|td|em|strong|s|code)( \/)?>/g;
const LIST = /<ol start="\d+">/g;
const LINK = /<a>|<a href="(https?:\/\/|mailto:|#|\/(?![/\\]))[^"<>]*"( title="[^"<>]*")? rel="noopener noreferrer nofollow">|<\/a>/gi;
const dangersIn = (html: string): string[] =>
  html
    .replaceAll(PLAIN_TAG, '')
    .replaceAll(LIST, '')
    .replaceAll(LINK, '')
    .match(/<.{0,80}/gs) ?? [];

describe('an article’s HTML', () => {
  it('has what people write', () => {
    const body =
      '# Passos\n\n1. Abra **Ambiente › Sobre**\n2. Copie o `log`\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> nota\n\n```sql\nselect 1 < 2\n```';
    expect(htmlOf(body)).toBe(
      '<h2>Passos</h2>\n<ol>\n<li>Abra <strong>Ambiente › Sobre</strong></li>\n<li>Copie o <code>log</code></li>\n</ol>\n' +
        '<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n' +
        '<blockquote>\n<p>nota</p>\n</blockquote>\n<pre><code>select 1 &lt; 2\n</code></pre>\n',
    );
  });

  it('has links that say nothing about where the reader comes from', () => {
    const link = '<a href="https://portal.example/x?a=1&amp;b=2" rel="noopener noreferrer nofollow">aqui</a>';
    expect(htmlOf('[aqui](https://portal.example/x?a=1&b=2)')).toBe(`<p>${link}</p>\n`);
  });

  it('shows HTML that people write as the words it is', () => {
    expect(htmlOf('<b>a</b> <script>b</script>')).toBe('<p>&lt;b&gt;a&lt;/b&gt; &lt;script&gt;b&lt;/script&gt;</p>\n');
  });

  it('makes a link of a picture: nothing is loaded', () => {
    const html = htmlOf('![tela "do" erro](https://elsewhere.example/p.png)');
    expect(html).toContain('<a href="https://elsewhere.example/p.png"');
    expect(html).toContain('tela');
    expect(html).not.toContain('<img');
  });

  it.each(hostileMarkdown)('runs and loads nothing of %j', (hostile) => {
    expect(dangersIn(htmlOf(hostile))).toEqual([]);
    expect(dangersIn(htmlOf(`texto ${hostile} texto\n\n> ${hostile}\n\n- ${hostile}\n\n| a |\n|---|\n| ${hostile} |`))).toEqual([]);
  });

  it('runs and loads nothing of any mixture of such pieces', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostileMarkdown),
      fc.constantFrom('<', '>', '"', "'", '](', '![', '`', '\n', '&', ';', '//'),
      fc.string(),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => expect(dangersIn(htmlOf(pieces.join('')))).toEqual([])));
  });

  it.each([
    ['quotes', '>'.repeat(50_000)],
    ['lists', '- '.repeat(25_000)],
    ['emphasis', '*a '.repeat(16_000)],
    ['brackets', '['.repeat(50_000)],
    ['pictures', '!['.repeat(25_000)],
    ['links', '[a]('.repeat(12_000)],
    ['ticks', '`a``'.repeat(12_000)],
    ['tables', `${'|a'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n${'|b'.repeat(5_000)}`],
    ['addresses', 'http://a.b/'.repeat(4_500)],
    ['entities', '&lt;'.repeat(12_000)],
  ])('comes to an end for the longest nesting of %s', (_, body) => {
    expect(dangersIn(htmlOf(body.slice(0, 50_000)))).toEqual([]);
  });
});

describe('what Markdown says', () => {
  it.each([
    ['# Título\n\nUm **forte** e [um link](https://x.example).', 'Título\nUm forte e um link.'],
    ['- um\n- dois\n\n```\nselect 1\n```', 'um\ndois\nselect 1'],
    ['linha\nseguinte `codigo`', 'linha seguinte codigo'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a\nb\n1\n2'],
    ['![tela do erro](x.png)', 'tela do erro'],
    ['<b>marcas</b> à vista', '<b>marcas</b> à vista'],
    ['', ''],
  ])('%j', (body, plain) => {
    expect(plainOf(body)).toBe(plain);
  });
});
