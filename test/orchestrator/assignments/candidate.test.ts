import { expect, it } from 'vitest';
import { bestCandidate, isWorthless, type Candidate, type Shortcoming } from '../../../src/orchestrator/assignments/candidate.ts';

const candidate = (activity: string, ...kinds: Shortcoming[]): Candidate => ({
  reply: { text: '', finishReason: 'stop' },
  activity,
  content: 'x',
  range: [0, 1],
  problems: kinds.map((kind) => ({ kind, message: kind })),
});

it.each([
  ['one without problems', [candidate('a', 'placeholder'), candidate('b')], 'b'],
  ['the mildest problem', [candidate('a', 'does_not_parse'), candidate('b', 'placeholder', 'placeholder', 'placeholder')], 'b'],
  ['the fewest of one kind', [candidate('a', 'cannot_work', 'cannot_work'), candidate('b', 'cannot_work')], 'b'],
  ['the first of equals', [candidate('a', 'cannot_work'), candidate('b', 'cannot_work')], 'a'],
  ['a file that does not parse rather than none', [candidate('a', 'no_file'), candidate('b', 'does_not_parse')], 'b'],
])('of several replies the best is %s', (_, candidates, expected) => {
  expect(bestCandidate(candidates)?.activity).toBe(expected);
});

it('a reply without the file, with the file unchanged or with comments only is worth nothing', () => {
  expect((['no_file', 'unchanged', 'prose'] as const).every((kind) => isWorthless(candidate('a', kind)))).toBe(true);
  expect(isWorthless(candidate('a', 'does_not_parse', 'names_missing'))).toBe(false);
});
