import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FencedBlock } from '../../../src/files/fenced-block.ts';
import { scannerOf } from '../../../src/files/file-formats.ts';

function scan(...chunks: string[]): FencedBlock[] {
  const scanner = scannerOf();
  return [...chunks.flatMap((chunk) => scanner.feed(chunk)), ...scanner.end()];
}

/** Info, content and whether it was closed: what most tests are about. */
function brief(text: string) {
  return scan(text).map(({ info, content, closed }) => [info, content, closed ? 'closed' : 'open']);
}

describe('fences as CommonMark has them', () => {
  test.each<[string, string, [string, string, string][]]>([
    ['a block of backticks', '```js\na\n```\n', [['js', 'a\n', 'closed']]],
    ['a block of tildes', '~~~js\na\n~~~\n', [['js', 'a\n', 'closed']]],
    ['a close that is the end of the text', '```js\na\n```', [['js', 'a\n', 'closed']]],
    ['a shorter fence inside a longer one', '````js\n```\n````\n', [['js', '```\n', 'closed']]],
    ['a longer fence that closes', '```js\na\n`````\n', [['js', 'a\n', 'closed']]],
    ['the other character inside', '~~~js\n```\n~~~\n', [['js', '```\n', 'closed']]],
    ['a fence with info that does not close', '```js\n```py\n```\n', [['js', '```py\n', 'closed']]],
    ['two backticks, which are no fence', '``js\na\n``\n', []],
    ['backticks in the info string, which make it inline code', '```js `x`\na\n', []],
    ['backticks in the info string of tildes, which do not', '~~~js `x`\na\n~~~\n', [['js `x`', 'a\n', 'closed']]],
    ['an indentation by four, which is no fence', '    ```js\n    a\n', []],
    ['an indentation by four, which is no close', '```js\n    ```\n```\n', [['js', '    ```\n', 'closed']]],
    ['an indentation by three, taken off the content', '   ```js\n   a\n     b\n c\n  ```\n', [['js', 'a\n  b\nc\n', 'closed']]],
    ['an unclosed block at the end of the text', 'text\n```js\na\nb', [['js', 'a\nb', 'open']]],
    ['a block that only opens', '```js', [['js', '', 'open']]],
    ['an empty block', '```js\n```\n', [['js', '', 'closed']]],
    ['a close followed by spaces', '```js\na\n```  \nb\n', [['js', 'a\n', 'closed']]],
    ['a close followed by a tab', '```js\na\n```\t\nb\n', [['js', 'a\n', 'closed']]],
    ['CRLF, kept', '```js\r\na\r\n\r\n```\r\n', [['js', 'a\r\n\r\n', 'closed']]],
    ['a byte order mark before the first fence', '\uFEFF```js\na\n```\n', [['js', 'a\n', 'closed']]],
    ['blank lines at the end, kept', '```js\na\n\n\n```\n', [['js', 'a\n\n\n', 'closed']]],
    ['no fence', 'only text\n', []],
    ['nothing', '', []],
  ])('%s', (_name, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });

  test('a file marker right after a closing fence does not cost the block before', () => {
    const blocks = scan('```python:a.py\na\n```\n**File:** `b.py`\n```python\nb\n```\n');
    expect(blocks.map(({ content }) => content)).toEqual(['a\n', 'b\n']);
    expect(blocks[1]?.leading).toEqual(['**File:** `b.py`']);
  });

  test('the range is where the content stands in the reply', () => {
    const text = '\uFEFF😀 Here:\r\n```js\r\nconst a = "😀";\r\n```\r\n~~~\nb';
    for (const { content, range } of scan(text)) expect(text.slice(...range)).toBe(content);
    expect(scan(text)).toHaveLength(2);
  });

  test('the leading lines are those between the last block and the fence, without blank ones', () => {
    const [first, second] = scan('one\n\n  two  \n```\na\n```\n\n```\nb\n```\n');
    expect(first?.leading).toEqual(['one', 'two']);
    expect(second?.leading).toEqual([]);
  });
});

describe('examples inside a Markdown file', () => {
  const readme = '# Title\n\n```bash\nnpm install\n```\n\nThen:\n\n```bash\nnpm start\n```\n\nEnd.\n';
  const tree = '# Title\n\nLayout:\n\n```\nsrc/\n  app.py\n```\n\nEnd.\n';

  test.each<[string, string, string[]]>([
    ['fences with a language', `\`\`\`markdown\n${readme}\`\`\`\n`, [readme]],
    ['fences without a language', `\`\`\`md\n${tree}\`\`\`\n`, [tree]],
    ['fences without a language and without blank lines', '```md\nText\n```\nsrc/\n```\nMore\n```\n', ['Text\n```\nsrc/\n```\nMore\n']],
    ['both', `\`\`\`md\n${tree}${readme}\`\`\`\n`, [tree + readme]],
    ['a file known by its path in the fence', `\`\`\`README.md\n${readme}\`\`\`\n`, [readme]],
    ['a file known by the line before', `**File:** \`docs/a.mdx\`\n\`\`\`\n${readme}\`\`\`\n`, [readme]],
    ['a file after it', `\`\`\`md\n${tree}\`\`\`\n\n\`\`\`python:a.py\na\n\`\`\`\n`, [tree, 'a\n']],
    ['a file right after it', `\`\`\`md\n${readme}\`\`\`\n**File:** \`a.py\`\n\`\`\`python\na\n\`\`\`\n`, [readme, 'a\n']],
    ['no examples, but a block without a language after it', '```md\n# T\n```\n\nThe layout is:\n\n```\nsrc/\n```\n', ['# T\n', 'src/\n']],
    ['no examples, but chatter after it', '```md\n# T\n```\nThat is all.\n', ['# T\n']],
    [
      'Markdown in Markdown',
      `\`\`\`md\nA\n\`\`\`md\nB\n\`\`\`sh\nc\n\`\`\`\n\`\`\`\nD\n\`\`\`\n`,
      ['A\n```md\nB\n```sh\nc\n```\n```\nD\n'],
    ],
    ['an example whose text holds a labelled fence', '```md\n```text\n```js\n```\nEnd\n```\n', ['```text\n```js\n```\nEnd\n']],
    ['a longer example', '```md\n````text\n```\n````\nEnd\n```\n', ['````text\n```\n````\nEnd\n']],
    ['a file of tildes', '~~~md\n~~~js\na\n~~~\n~~~\n', ['~~~js\na\n~~~\n']],
    ['shorter fences, which mean nothing', `\`\`\`\`md\n\`\`\`\n\`\`\`\`\n\`\`\`js\na\n\`\`\`\n`, ['```\n', 'a\n']],
  ])('%s', (_name, text, expected) => {
    const blocks = scan(text);
    expect(blocks.map(({ content }) => content)).toEqual(expected);
    expect(blocks.every(({ closed }) => closed)).toBe(true);
  });

  test('a reply that ends within the file leaves all of it, unclosed', () => {
    expect(brief('```md\nA\n```sh\nb\n```\nC\n')).toEqual([['md', 'A\n```sh\nb\n```\nC\n', 'open']]);
    expect(brief('```md\nA:\n```\nsrc/\n```\nC\n')).toEqual([['md', 'A:\n```\nsrc/\n```\nC\n', 'open']]);
  });

  test('a file whose own end was forgotten ends with its example, and the next file is whole', () => {
    expect(brief('```md\nA\n```sh\nb\n```\n\n**File:** `a.py`\n```python\na\n```\n')).toEqual([
      ['md', 'A\n```sh\nb\n```\n', 'open'],
      ['python', 'a\n', 'closed'],
    ]);
  });

  test('a docstring with an indented example does not end its file', () => {
    const code = 'def f():\n    """\n    ```python\n    f()\n    ```\n    """\n';
    expect(brief(`\`\`\`python\n${code}\`\`\`\n`)).toEqual([['python', code, 'closed']]);
  });

  test('a language that opens a later fence settles that the file was closed', () => {
    const scanner = scannerOf();
    expect(scanner.feed('```md\n# T\n```\n\nThe code:\n\n')).toEqual([]);
    expect(scanner.feed('```python:a.py\n').map(({ content }) => content)).toEqual(['# T\n']);
  });
});

describe('chunks', () => {
  const line = fc.constantFrom(
    '```',
    '````',
    '~~~',
    '```md',
    '```js',
    '```python:a.py',
    '~~~md',
    '**File:** `README.md`',
    'Text:',
    '',
    'a 😀 b',
    '  ```',
    '\uFEFF',
  );
  const reply = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 }).map((lines) => lines.flat().join(''));

  test('wherever the reply is cut, the blocks are the same', () => {
    fc.assert(
      fc.property(reply, fc.array(fc.nat({ max: 400 }), { maxLength: 8 }), (text, cuts) => {
        const points = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((one, other) => one - other), text.length];
        const chunks = points.slice(1).map((point, index) => text.slice(points[index], point));
        expect(scan(...chunks)).toEqual(scan(text));
        expect(scan(...text.split(''))).toEqual(scan(text));
      }),
      { numRuns: 500 },
    );
  });

  test('blocks come in order, do not overlap, and hold what stands in their range', () => {
    fc.assert(
      fc.property(reply, (text) => {
        let end = 0;
        for (const { range, content } of scan(text)) {
          expect(range[0]).toBeGreaterThanOrEqual(end);
          end = range[1];
          const dedented = text.slice(...range).replaceAll(/(?<=^|\r\n|\n|\r) {0,2}/g, '');
          expect([text.slice(...range), dedented]).toContain(content);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a block comes out with the line that settles it, however the reply goes on', () => {
    const scanner = scannerOf();
    expect(scanner.feed('```js\na\n')).toEqual([]);
    expect(scanner.feed('```\n')).toHaveLength(1);
    expect(scanner.feed('text\n```js\nb')).toEqual([]);
    expect(scanner.end()).toHaveLength(1);
  });
});

describe('work', () => {
  const steps = (text: string, size: number) => {
    const scanner = scannerOf();
    for (let at = 0; at < text.length; at += size) scanner.feed(text.slice(at, at + size));
    scanner.end();
    return scanner.steps;
  };
  const kinds = ['```md\n```js\n', '```md\n```\n', '```\n', 'x\n', '```md\n', '~~~\n```\n', '```js\nx\n```\n', '```md\n```js\n```\n'];
  const others = [
    '- ```\n',
    '> ```js\n',
    '1. a\n   ```\nb\n',
    'a```\n',
    '```js\na```\n',
    '<file path="a.py">\n',
    '<<<<<<< A\n=======\n',
    '```py:a.py\n',
  ];

  test.each([...kinds, ...others])('it grows with the length of the reply, not with its square: %j', (kind) => {
    const [small, large] = [1000, 8000].map((repeats) => steps(`\`\`\`md\n${kind.repeat(repeats)}`, 7)) as [number, number];
    expect(large).toBeLessThan(small * 8.5);
    const [bareSmall, bareLarge] = [1000, 8000].map((repeats) => steps(kind.repeat(repeats), 1)) as [number, number];
    expect(bareLarge).toBeLessThan(bareSmall * 8.5);
  });

  test('it is the same whether a line is long or short, and chunks do not add to it', () => {
    expect(steps('x'.repeat(100_000), 100_000)).toBe(1);
    expect(steps('```js\nx\n```\n'.repeat(100), 1)).toBeLessThanOrEqual(steps('```js\nx\n```\n'.repeat(100), 5000) * 2);
  });
});

describe('where models leave CommonMark', () => {
  test.each<[string, string, [string, string, string][]]>([
    [
      'an item whose block forgets the indentation keeps that of its lines to each other',
      '1. a\n   ```js\nif (a)\n  b();\n   ```\n',
      [['js', 'if (a)\n  b();\n', 'closed']],
    ],
    [
      'an item that ends without its fence',
      '- ```js\n  a\n- ```py\n  b\n  ```\n',
      [
        ['js', 'a\n', 'open'],
        ['py', 'b\n', 'closed'],
      ],
    ],
    ['a close on the last line of code', '```js\na();```\n\nText.\n', [['js', 'a();', 'closed']]],
    ['a line of code that only looks like it', '```js\na("```\n")```\nb();\n```\n', [['js', 'a("```\n")```\nb();\n', 'closed']]],
    [
      'a named file within one that was not closed',
      '```js:a.js\na\n\n```js:b.js\nb\n```\n',
      [
        ['js:a.js', 'a\n', 'open'],
        ['js:b.js', 'b\n', 'closed'],
      ],
    ],
    ['an example at the margin of code', '```py\n"""\n```js\nx\n```\n"""\n```\n', [['py', '"""\n```js\nx\n```\n"""\n', 'closed']]],
    ['a file between tags, with fences in it', '<file path="a.md">\n```\n</file>\n', [['<file path="a.md">', '```\n', 'closed']]],
    [
      'a tag that nothing closes',
      'Use <file path="a"> so:\n\n<file path="a.py">\n\n```js:b.js\nb\n```\n',
      [['<file path="a.py">', '\n```js:b.js\nb\n```\n', 'open']],
    ],
    ['an edit between markers', '<<<<<<< A\na\n=======\n```\n>>>>>>> B\n', [['', '<<<<<<< A\na\n=======\n```\n>>>>>>> B\n', 'closed']]],
  ])('%s', (_name, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });
});

describe('what stands in the text without a fence', () => {
  const diff = '--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n';

  test('a diff is a block, up to the text after it', () => {
    expect(scan(`So:\n\n${diff}\nThat is all.\n- a list\n`)).toMatchObject([
      { delimiter: 'patch', content: diff, closed: true, leading: ['So:'] },
    ]);
    expect(scan(`${diff}diff --git a/y b/y\n--- a/y\n+++ b/y\n@@ ... @@\n-b\n+c\n`)).toHaveLength(1);
    expect(scan('A rule\n---\n+++ and more\n')).toEqual([]);
  });

  test('a patch is a block, up to its end', () => {
    const patch = '*** Begin Patch\n*** Add File: x.py\n+a\n*** End Patch\n';
    expect(scan(`So:\n${patch}Done.\n`)).toMatchObject([{ delimiter: 'patch', content: patch, closed: true }]);
  });

  test('a diff is found wherever its first line was cut off from its second', () => {
    for (let at = 1; at < diff.length; at += 1) expect(scan(diff.slice(0, at), diff.slice(at))).toEqual(scan(diff));
  });
});

describe('what a model thinks is no part of its answer', () => {
  test.each([
    ['<think>', '</think>'],
    ['<Thinking>', '</thinking>'],
    ['[THINK]', '[/THINK]'],
    ['◁think▷', '◁/think▷'],
  ])('%s', (open, close) => {
    expect(brief(`${open}\nmaybe\n\`\`\`py:draft.py\nx\n\n${close}\n\`\`\`py:a.py\na\n\`\`\`\n`)).toEqual([['py:a.py', 'a\n', 'closed']]);
  });

  test('the answer may begin in the line that ends the thought', () => {
    expect(brief('<think>\nhm\n</think>```py\na\n```\n')).toEqual([['py', 'a\n', 'closed']]);
  });

  test('a thought that never ends is none, and a mark in a file is a line of it', () => {
    expect(brief('<think>\n```py:a.py\na\n```\n')).toEqual([['py:a.py', 'a\n', 'closed']]);
    expect(brief('```py:a.py\n<think>\n</think>\n```\n')).toEqual([['py:a.py', '<think>\n</think>\n', 'closed']]);
  });
});

describe('blocks end where models end them', () => {
  const two: [string, string, string][] = [
    ['py:a.py', 'a\n', 'closed'],
    ['py:b.py', 'b\n', 'closed'],
  ];
  const [one] = two;
  test.each<[string, string, [string, string, string][]]>([
    ['four backticks by three', '````py:a.py\na\n```\n\nText.\n', [one!]],
    ['four by three, and the next file', '````py:a.py\na\n```\n\n```py:b.py\nb\n```\n', two],
    ['the language once more', '```py:a.py\na\n```py\n\n```py:b.py\nb\n```\n', two],
    ['a remark behind the close', '```py:a.py\na\n``` <!-- end -->\n\nText.\n', [one!]],
    ['a sentence behind the close', '```py:a.py\na\n``` That is all.\n\nText.\n', [one!]],
    ['tildes', '```py:a.py\na\n~~~\n\n```py:b.py\nb\n```\n', two],
    ['the next fence in the same line', '```py:a.py\na\n``````py:b.py\nb\n```\n', two],
    ['an invisible sign behind the close', '```py:a.py\na\n```\u200B\n\nText.\n', [one!]],
    [
      'a sentence in place of the end',
      '```py:a.py\na\n\nNow comes the next file:\n\n```py:b.py\nb\n```\n',
      [['py:a.py', 'a\n', 'open'], two[1]!],
    ],
    [
      'not within a template',
      '```js:a.js\nconst a = `\n```\nx\n```\n`;\n```\n\nText.\n',
      [['js:a.js', 'const a = `\n```\nx\n```\n`;\n', 'closed']],
    ],
    [
      'deep in the text, where the fence has a name',
      'So:\n\n    ```py:a.py\n    a\n      b\n    ```\n',
      [['py:a.py', 'a\n  b\n', 'closed']],
    ],
  ])('%s', (_name, text, expected) => {
    expect(brief(text)).toEqual(expected);
  });
});

test('wherever such a reply is cut, its blocks are the same', () => {
  const pieces = [
    '````py:a.py\n',
    '```py:b.py\n',
    '```\n',
    '~~~\n',
    '``\n',
    'a = `x\n',
    '"""\n',
    '<think>\n',
    '</think>\n',
    '-a\n+b\n',
    '\n',
    '--- a/x\n+++ b/x\n@@ -1 +1 @@\n',
    '<file path="c.py">\n',
    '</file>\n',
    '*** Begin Patch\n',
    '*** End Patch\n',
    '    ```py:d.py\n',
    'Some words here.\n',
    '``````py:e.py\n',
    '``` end\n',
    '<source>\n',
    '\r\n',
    'f.py\r',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.array(fc.nat(200), { maxLength: 6 }), (lines, cuts) => {
      const text = lines.join('');
      const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((before, after) => before - after), text.length];
      expect(scan(...places.slice(1).map((end, index) => text.slice(places[index], end)))).toEqual(scan(text));
    }),
    { numRuns: 1000 },
  );
});
