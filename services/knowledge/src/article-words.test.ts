import { demoId, Refused } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ContentInput, digestOf, readContent } from './article-content.ts';
import { slugOf } from './slug.ts';
import { snippetOf } from './snippet.ts';

const input: ContentInput = { kind: 'TIP', language: 'pt-BR', audience: 'PUBLIC', title: 'Uma dica', body: 'Texto' };

describe('content', () => {
  it('that is read again is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (title, body) => {
        try {
          const once = readContent({ ...input, title, body, summary: body, labels: [title] });
          expect(readContent(once)).toEqual(once);
          expect(`${once.title}${once.body}${once.labels}`).not.toMatch(/[\0\ue000\ue001]/);
        } catch (error) {
          expect(error).toBeInstanceOf(Refused);
        }
      }),
    );
  });

  it('has the same digest only when readers read the same', () => {
    const content = readContent(input);
    expect(digestOf(readContent({ ...input, audience: 'CLIENTS' }))).toBe(digestOf(content));
    expect(digestOf(readContent({ ...input, body: 'Outro' }))).not.toBe(digestOf(content));
  });
});

describe('a name in addresses', () => {
  const id = demoId('art', 'x');
  it.each([
    ['Emissão de NF-e: passo a passo', `emissao-de-nf-e-passo-a-passo-${id.slice(-6)}`],
    ['漢字', id.slice(-6)],
    ['--- ... ---', id.slice(-6)],
    [`${'a'.repeat(79)} b`, `${'a'.repeat(79)}-${id.slice(-6)}`],
  ])('of %j', (title, slug) => {
    expect(slugOf(title, id)).toBe(slug);
  });
});

describe('a snippet', () => {
  it('is text, escaped, with its hits marked', () => {
    expect(snippetOf(`a <b> \ue000férias\ue001 & "x" 'y'\n z `)).toBe('a &lt;b&gt; <mark>férias</mark> &amp; &quot;x&quot; &#39;y&#39; z');
  });

  it('has no other tag, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(snippetOf(text).replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>"']/)));
  });
});
