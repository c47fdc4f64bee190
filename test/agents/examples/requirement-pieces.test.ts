import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requirementPieces } from '../../../src/agents/examples/requirement-pieces.ts';

const pieces = (text: string) => requirementPieces(text).map(({ kind, text: part }) => `${kind}: ${part}`);

describe('the pieces of a requirement', () => {
  it.each<[string, string, string[]]>([
    ['paragraphs', 'One.\nStill one.\n\nTwo.', ['prose: One.\nStill one.', 'prose: Two.']],
    ['items of a list, each for itself', '- one\n- two', ['prose: - one', 'prose: - two']],
    ['an indented sample with an empty line in it', 'So:\n\n    a\n\n      b\n\nEnd.', ['prose: So:', 'sample: a\n\n  b', 'prose: End.']],
    ['a fenced sample', 'So:\n```text\n  a\n```\nEnd.', ['prose: So:', 'sample:   a', 'prose: End.']],
    ['a fence inside a list', '1. So:\n   ```\n   a\n   ```', ['prose: 1. So:', 'sample: a']],
    ['a fence that nobody closes', '```\na', ['sample: a']],
    ['tabs and line breaks of another system', 'So:\r\n\r\n\ta\r\n', ['prose: So:', 'sample: a']],
    ['lines of a paragraph that begin further right', 'One\n    two', ['prose: One\n    two']],
  ])('are %s', (_, text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('hold every word of the text', () => {
    const line = constantFrom('a b', '    c', '- d', '```', '', '\te', '1. f', '~~~');
    assert(
      property(array(line), (lines) => {
        const words = (text: string) => text.replaceAll(/```|~~~/g, '').match(/[a-f]/g) ?? [];
        expect(requirementPieces(lines.join('\n')).flatMap(({ text }) => words(text))).toEqual(words(lines.join('\n')));
      }),
    );
  });
});
