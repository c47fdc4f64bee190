import { Parser } from 'commonmark';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scannerOf } from '../../src/files/file-formats.ts';

/** The fenced blocks by the reference implementation. */
function reference(text: string): { info: string; content: string }[] {
  const blocks: { info: string; content: string }[] = [];
  const walker = new Parser().parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node } = event;
    // Indented code has no info string, a fence without one an empty one.
    if (node.type === 'code_block' && typeof node.info === 'string') blocks.push({ info: node.info, content: node.literal ?? '' });
  }
  return blocks;
}

function scanned(text: string): { info: string; content: string }[] {
  const scanner = scannerOf();
  return [...scanner.feed(text), ...scanner.end()].map(({ info, content }) => ({ info, content }));
}

/** The reference ends the last line of a block where the text does not, and has nothing but `\n`. */
function alike(blocks: { info: string; content: string }[]): { info: string; content: string }[] {
  return blocks.map(({ info, content }) => ({ info, content: content.replaceAll('\r\n', '\n').replace(/(?<=[^\n])$/, '\n') }));
}

/** What the section about fenced code blocks shows, as inputs; the expected outcome is the reference's. */
const examples: [string, string][] = [
  ['backticks', '```\n<\n >\n```'],
  ['tildes', '~~~\n<\n >\n~~~'],
  ['fewer than three backticks', '``\nfoo\n``'],
  ['tildes within backticks', '```\naaa\n~~~\n```'],
  ['backticks within tildes', '~~~\naaa\n```\n~~~'],
  ['a longer close', '````\naaa\n```\n``````'],
  ['a longer close of tildes', '~~~~\naaa\n~~~\n~~~~'],
  ['nothing but an opening', '```'],
  ['unclosed with blank lines', '`````\n\n```\naaa'],
  ['unclosed in a quote', '> ```\n> aaa\n\nbbb'],
  ['blank lines only', '```\n\n  \n```'],
  ['empty', '```\n```'],
  ['indented by one', ' ```\n aaa\naaa\n```'],
  ['indented by two', '  ```\naaa\n  aaa\naaa\n  ```'],
  ['indented by three', '   ```\n   aaa\n    aaa\n  aaa\n   ```'],
  ['indented by four', '    ```\n    aaa\n    ```'],
  ['a close indented by two', '```\naaa\n  ```'],
  ['a close indented differently', '   ```\naaa\n  ```'],
  ['a close indented by four', '```\naaa\n    ```'],
  ['inline code', '``` ```\naaa'],
  ['a close with a space in it', '~~~~~~\naaa\n~~~ ~~'],
  ['between paragraphs', 'foo\n```\nbar\n```\nbaz'],
  ['between a heading and a heading', 'foo\n---\n~~~\nbar\n~~~\n# baz'],
  ['an info string', '```ruby\ndef foo(x)\n  return 3\nend\n```'],
  ['an info string of several words', '~~~~    ruby startline=3 $%@#$\ndef foo(x)\n  return 3\nend\n~~~~~~~'],
  ['an info string that is a sign', '````;\n````'],
  ['backticks in an info string of backticks', '``` aa ```\nfoo'],
  ['backticks in an info string of tildes', '~~~ aa ``` ~~~\nfoo\n~~~'],
  ['a close with an info string', '```\n``` aaa\n```'],
];

/** Fences where lists, quotes and other blocks meet them. */
const further: [string, string][] = [
  ['in a list item', '1.  foo\n\n    ```\n    bar\n    ```\n\n    baz'],
  ['on a bullet', '- a\n- ```\n  b\n\n\n  ```\n- c'],
  ['below an empty bullet', '-\n  ```\n  bar\n  ```'],
  ['in an item of an item', '- foo\n  - bar\n    ```\n    x\n    ```\n'],
  ['in a quote in an item', '- > ```\n  > a\n  > ```\n'],
  ['in an item in a quote', '> 1. foo\n>\n>    ```\n>    a\n>    ```\n'],
  ['unclosed in a list item', '- ```\n  a\n- b\n'],
  ['after a list', '- a\n\n```\nb\n```\n'],
  ['after a lazy line', '- a\nb\n  ```\n  c\n  ```\n'],
  ['in a quote that ends', '> ```\n> a\n> ```\n```\nb\n```\n'],
  ['indented too far in an item', '- a\n\n      ```\n      b\n      ```\n'],
  ['a number that begins no list', 'The year was\n1986. ```\n'],
  ['a rule of stars', '* * *\n```\na\n```\n'],
  ['after a rule', '---\n```\na\n```\n'],
  ['CRLF', '```a\r\nb\r\n```\r\nc'],
  ['a tab after the close', '```\na\n```\t\nb'],
  ['a tab before the fence', '\t```\n\ta\n\t```'],
  ['quotes without spaces', '>```\n>a\n>```\n'],
  ['two quotes', '> > ```\n> > a\n> > ```\n'],
  ['an ordered list with a parenthesis', '2) a\n\n   ```\n   b\n   ```\n'],
];

describe('fences are read as the reference reads them', () => {
  test.each([...examples, ...further])('%s', (_name, text) => {
    expect(alike(scanned(text))).toEqual(alike(reference(text)));
  });
});

const fences = ['```', '```', '~~~', '````', '```js', '~~~js', '  ```', '   ~~~', '    ```', '```  '];
const texts = ['text', 'text', '', '', '    text', '# heading', '***'];

/** Beyond CommonMark: a fence with a language within code may be an example, or a file after one that was not closed. */
const holdsLabel = (blocks: { content: string }[]) => blocks.some(({ content }) => /^ *(?:`{3,}|~{3,})[^\S\n]*[^\s`~]/m.test(content));

/** Also beyond it: a block of code that is not closed by its own fence may be closed by a shorter one, one of the other character, or one that is indented too far. */
const holdsFence = (blocks: { info: string; content: string }[]) =>
  blocks.some(({ info, content }) => info !== '' && /^ *(?:~{3,}|`{2,})[^\S\n]*$/m.test(content));
const mayEndOddly = (text: string) => /^[> ]*(?:`{3,}|~{3,})js\b/m.test(text) && /^(?:[> ]*)(?:~{3,}|`{2,})[^\S\n]*$/m.test(text);

test('any mixture of fences, text and quotes is read as the reference reads it', () => {
  const line = fc.constantFrom(...fences, ...texts, '---', '> quote', '> ```', '>', '> ~~~js', '>   ```', '> > ```', '>    x');
  let compared = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const text = `${lines.join('\n')}\n`;
      const expected = reference(text);
      fc.pre(!holdsLabel(expected) && !(mayEndOddly(text) && holdsFence(expected)));
      compared += 1;
      expect(alike(scanned(text))).toEqual(alike(expected));
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(1000);
});

test('what stands in list items and quotes, however deep, is read as the reference reads it', () => {
  const container = fc.constantFrom(['- ', '  '], ['* ', '  '], ['1. ', '   '], ['10) ', '    '], ['> ', '> '], ['-   ', '    ']);
  const text = fc.array(fc.constantFrom(...texts), { maxLength: 3 });
  const block = fc
    .tuple(
      fc.constantFrom('```', '~~~', '````js', '  ```', '   ~~~'),
      fc.array(fc.constantFrom(...texts, '    ```', '``', '  x'), { maxLength: 5 }),
    )
    .map(([opening, lines]) => [opening, ...lines, opening.replace('js', '')]);
  // An unclosed block ends with its item; where lines follow that are not indented, this scanner may see a model that forgot to.
  const item = fc.tuple(
    fc.array(container, { minLength: 1, maxLength: 3 }),
    fc.tuple(text, block, text, block).map((parts) => parts.flat()),
  );
  let compared = 0;
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 3 }), (items) => {
      const reply = items
        .map(([containers, lines]) => {
          const first = containers.map(([opening]) => opening).join('');
          const next = containers.map(([, prefix]) => prefix).join('');
          return [`${first}text`, ...lines.map((content) => `${next}${content}`), ''].map((content) => `${content}\n`).join('');
        })
        .join('end\n\n');
      const expected = reference(reply);
      fc.pre(!holdsLabel(expected) && !(mayEndOddly(reply) && holdsFence(expected)));
      compared += 1;
      expect(alike(scanned(reply))).toEqual(alike(expected));
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(1000);
});
