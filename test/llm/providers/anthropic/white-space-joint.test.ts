import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WhiteSpaceJoint } from '../../../../src/llm/providers/anthropic/white-space-joint.ts';
import '../../../support/property-tests.ts';

const joined = (begun: string, pieces: string[]) => {
  const joint = new WhiteSpaceJoint(begun);
  return begun + pieces.map((piece) => joint.pass(piece)).join('');
};

describe('a reply that goes on after white space', () => {
  it.each([
    ['the same white space comes again', 'def f():\n    ', ['\n  ', '  return 1'], 'def f():\n    return 1'],
    ['it does not come again', 'Words. ', ['More.'], 'Words. More.'],
    ['more of it comes', 'if x:\n', ['\n    y'], 'if x:\n    y'],
    ['other white space comes', 'a ', ['\nb'], 'a \nb'],
    ['there was none', 'a', [' b'], 'a b'],
  ])('%s', (_, begun, pieces, whole) => {
    expect(joined(begun, pieces)).toBe(whole);
  });

  it('is the same text wherever it was cut, and however its pieces arrive', () => {
    const words = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '\t', '  '), { maxLength: 12 }).map((list) => `x${list.join('')}y`);
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (text, first, second) => {
        const at = 1 + (first % (text.length - 1));
        const begun = text.slice(0, at);
        // A model that was shown the text without its last white space writes that, too.
        const rest = text.slice(begun.trimEnd().length);
        const cut = second % (rest.length + 1);
        expect(joined(begun, [rest.slice(0, cut), rest.slice(cut)])).toBe(text);
      }),
    );
  });
});
