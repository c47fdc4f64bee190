import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownLines } from '../../../src/cli/code/interactive/markdown-lines.ts';
import { type Look, lookFor } from '../../../src/cli/views/look.ts';
import '../../support/property-tests.ts';

const { marks } = lookFor({ LANG: 'en_US.UTF-8' }, 'linux');
const marked: Look = { paint: (style: string, text: string) => (text === '' ? '' : `<${style}>${text}</>`), marks };
const plain = lookFor({ NO_COLOR: '1', LANG: 'en_US.UTF-8' }, 'linux');

function shown(lines: string[], look = marked): string[] {
  const markdown = new MarkdownLines(look);
  return [...lines.flatMap((line) => markdown.take(line)), ...markdown.end()];
}

describe('a reply in Markdown', () => {
  it.each([
    ['## How it works', '<strong>## How it works</>'],
    ['- one `a`', '• one <active>`a`</>'],
    ['  * **two**', '  • <strong>two</>'],
    ['1. first', '1. first'],
    ['> said', '<faint>│ </>said'],
    ['> > - twice', '<faint>│ │ </>• twice'],
    ['---', '<faint>---</>'],
    ['*args and -x', '*args and -x'],
    ['-not an item', '-not an item'],
    ['', ''],
  ])('the line %j is shown as %j', (line, expected) => {
    expect(shown([line])).toEqual([expected]);
  });

  it('leaves what is in a block of code as it is, tables, items and headings included', () => {
    const code = ['```py', '# no heading', '- x = 1', '| a | b |', '| long cell | b |', '```'];
    expect(shown(code)).toEqual(code.map((line) => `<faint>${line}</>`));
  });

  it('shows the columns of a table below each other as soon as it is over, also where nothing follows', () => {
    const rows = ['| name | what it does |', '|---|:-:|', '| `rate` | gives `a | b` |', '| 名前 | \\| |'];
    const table = ['| name   | what it does  |', '| ------ | :-----------: |', '| `rate` | gives `a | b` |', '| 名前   | \\|            |'];
    expect(shown(rows, plain)).toEqual(table);
    expect(shown(['before', ...rows, 'after'], plain)).toEqual(['before', ...table, 'after']);
  });

  it('shows rows that would get too wide as they came', () => {
    const rows = [`| ${'a'.repeat(100)} | b |`, `| a | ${'b'.repeat(100)} |`];
    expect(shown(rows, plain)).toEqual(rows);
  });

  it('begins anew with the next reply, where a block was never closed', () => {
    const markdown = new MarkdownLines(marked);
    expect(markdown.take('```')).toEqual(['<faint>```</>']);
    markdown.end();
    expect(markdown.take('# Now')).toEqual(['<strong># Now</>']);
  });

  it('loses no letter and no line, whatever comes', () => {
    const piece = fc.constantFrom('`', '**', '|', ' | ', '- ', '> ', '# ', '```', 'word', '\\', '---', ':', ' ', '[a](b)', '名');
    const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const letters = (text: string) => text.replaceAll(/[^a-z名[\]()]/g, '');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const result = shown(lines, plain);
        expect(result).toHaveLength(lines.length);
        expect(result.map(letters)).toEqual(lines.map(letters));
      }),
    );
  });
});
