import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isQuickPattern, longestMatchedName } from '../../src/utils/is-quick-pattern.ts';
import { shippedModelProfiles } from '../../src/llm/profile/model-profile.ts';

it.each([
  ...shippedModelProfiles().map(({ match }) => match),
  '^qwen.*coder',
  '(?:llama|phi|gemma)-?\\d+b',
  'a+?b*',
  '(?<size>\\d{1,3})b',
  '[)(*+|]+',
  'x{2}',
])('what people write is taken: %s', (source) => expect(isQuickPattern(source)).toBe(true));

it.each([
  '^(a+)+$',
  '(a*)*b',
  '(?:a|a)+$',
  '((ab?)c){5,}',
  '(a)\\1',
  '(?<x>a)\\k<x>',
  'a*a*a*a*a*b',
  '(a|a)'.repeat(30),
  'a?'.repeat(40),
  '((a|b))*',
])('what could take for ever is refused: %s', (source) => expect(isQuickPattern(source)).toBe(false));

it('what is taken answers: the strongest combinations that pass are matched against their worst name', () => {
  const piece = fc.constantFrom('a*', 'a+', 'a?', '(a|a)', '(aa)*', '.*', '[ab]+', 'a{1,9}', '(?:a|b)', 'a');
  const worst = 'a'.repeat(longestMatchedName);
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const source = `${pieces.join('')}!`;
      fc.pre(isQuickPattern(source));
      expect(new RegExp(source, 'i').test(worst)).toBe(false);
    }),
    { numRuns: 40 },
  );
});
