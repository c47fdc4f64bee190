import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/cli/report/markdown.ts';
import { hostileTexts } from './hostile-texts.ts';
import { strangersIn } from './page-of.ts';

describe('a reply as its Markdown is meant', () => {
  it.each([
    ['# Title', '<p role="heading" aria-level="4" class="h">Title</p>'],
    ['a **b** _c_ ~~d~~ `<e>`', '<p>a <strong>b</strong> <em>c</em> <s>d</s> <code>&lt;e&gt;</code></p>'],
    ['- [x] done\n- [ ] not', '<ul><li>☑ done</li><li>☐ not</li></ul>'],
    ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
    ['> said', '<blockquote><p>said</p></blockquote>'],
    ['```\n<a>\n```', '<pre tabindex="0"><code>&lt;a&gt;</code></pre>'],
    ['<b onclick="x">b</b>', '<p>&lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>'],
    ['![alt](https://a.example/x.png)', '<p>[picture, not loaded: alt https://a.example/x.png]</p>'],
    ['[docs](https://a.example/b)', '<p><a href="https://a.example/b" rel="noopener noreferrer nofollow">docs</a> (a.example)</p>'],
    ['[go](javascript:alert(1))', '<p>[go](javascript:alert(1))</p>'],
    ['[a.example](https://a.example@evil.example/)', '<p>[a.example](https://a.example@evil.example/)</p>'],
  ])('%j', (text, expected) => {
    expect(markdown(text).text.replaceAll('\n', '')).toBe(expected);
  });

  it.each([
    ['## a\n\n### b\n\n## c', [4, 5, 4]],
    ['### a\n\n# b\n\n#### c', [4, 4, 5]],
    ['# a\n\n###### b', [4, 5]],
  ])('has its headings right below those of the page, with no level left out: %j', (text, levels) => {
    expect([...markdown(text).text.matchAll(/aria-level="(\d)"/g)].map(([, level]) => Number(level))).toEqual(levels);
  });

  it('says which block of code became a file', () => {
    const label = (code: string) => (code === 'x()' ? 'This became the file a.py' : undefined);
    const page = markdown('```python a.py\nx()\n```\n\n```\ny()\n```\n', label).text.replaceAll('\n', '');
    expect(page).toBe(
      '<figure class="became"><figcaption>This became the file a.py</figcaption><pre tabindex="0"><code>x()</code></pre></figure><pre tabindex="0"><code>y()</code></pre>',
    );
  });

  it('shows all of a text that is too long to be read, the rest as it is', () => {
    const line = 'word '.repeat(20);
    const text = `${line}\n\n`.repeat(1_000);
    const shown = markdown(text).text;
    expect(shown.split('word ').length + shown.split('word</p>').length).toBeGreaterThan(20_000);
    expect(shown).toMatch(/<pre tabindex="0">word/);
    expect(markdown('a'.repeat(200_000)).text).toContain('a'.repeat(100_000));
  });

  it.each(Object.entries(hostileTexts))('holds nothing but its own markup: %s', (_, text) => {
    expect(strangersIn(markdown(text).text)).toEqual([]);
  });

  it('holds nothing but its own markup, whatever is written', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '`',
      '```',
      '~~~',
      '\n',
      '\n\n',
      '[',
      '](',
      ')',
      '!',
      '*',
      '_',
      '|',
      '- ',
      '> ',
      '# ',
      '&#60;',
      'javascript:',
      'https://a',
      'a',
      ' ',
      '\\',
      '\u{1b}[1m',
      '\r',
      '\t',
      '<script',
      '</pre>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(strangersIn(markdown(pieces.join('')).text)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
