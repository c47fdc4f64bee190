import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageText } from '../../../src/cli/help/page-text.ts';
import { topics } from '../../../src/cli/help/topics.ts';

describe('pageText', () => {
  it.each([
    ['headings', '# One\n\n## Two `x`\n\n### Three\n', 'One\n===\n\nTwo x\n-----\n\nThree\n'],
    ['a paragraph, on one line', 'One\ntwo **three** _four_ `five`.\n\nSix\\*.\n', 'One two three four five.\n\nSix*.\n'],
    ['code as it is', '```sh\na  <b>\n\n  c\n```\n', '  a  <b>\n\n    c\n'],
    ['lists', '- one\n- two\n  - three\n\n4. four\n5. five\n', '- one\n- two\n  - three\n\n4. four\n5. five\n'],
    ['a list with paragraphs', '- one\n\n  more\n\n- two\n', '- one\n\n  more\n\n- two\n'],
    ['a table of two columns', '| a | b |\n|---|---|\n| `x` | first |\n| y \\| z | second |\n', 'x\n  first\ny | z\n  second\n'],
    ['a table of more, without empty cells', '| a | b | c |\n|---|---|---|\n| x | | last |\n', 'x\n  c: last\n'],
    ['a quotation', '> Said.\n', '  Said.\n'],
    [
      'links, with what shows the page here',
      '[Settings](settings.md#x), [security.md](security.md), [there](https://example.com/), [above](#x), https://example.com/\n',
      'Settings (multiagent help settings.md), "multiagent help security.md", there (https://example.com/), above, https://example.com/\n',
    ],
    ['no marks for scripts', '<!-- generated: x -->\n\nText.\n\n<!-- end -->\n', 'Text.\n'],
  ])('shows %s', (_, markdown, text) => {
    expect(pageText(markdown)).toBe(text);
  });

  it.each(topics().map(({ name, text }) => [name, text] as const))('shows the page %s without what only Markdown reads', (_, markdown) => {
    const shown = pageText(markdown)
      .split('\n')
      .filter((line) => !line.startsWith('  '));
    expect(shown.filter((line) => /^\| |\]\([a-z]|<!--/.test(line))).toEqual([]);
    // Nothing is lost: every word of the page that is no markup is there.
    const words = (text: string) => text.match(/\p{L}{4,}/gu) ?? [];
    const there = new Set(words(pageText(markdown)));
    const plain = markdown.replaceAll(/<!--[^]*?-->|^```\w*$|\]\([^)]*\)|^\|.*\|\n\|[-|: ]+\|$/gm, ' ');
    expect(words(plain).filter((word) => !there.has(word))).toEqual([]);
  });

  it('takes any text, and ends it with one line break', () => {
    const unit = fc.constantFrom('#', '|', '-', '\n', ' ', '`', '[', ']', '(', ')', '<', '>', '*', '1', '.', 'a');
    const property = fc.property(fc.string({ unit }), (text) => {
      expect(pageText(text)).toMatch(/\n$/);
    });
    fc.assert(property);
  });
});
