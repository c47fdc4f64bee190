import { expect, it, test } from 'vitest';
import { askedLines, decideLines, decideSentence, diffLines } from '../../../src/cli/views/asked-lines.ts';

const asked = { task: 'release', wants: 'approval' as const, ask: 'May this go out?', shown: [] };
const file = (path: string) => ({ path, sha256: 'x' });

test.each([
  ['nothing is shown', {}, ['asks: May this go out?']],
  ['files, and one that is removed', { shown: [file('a.py'), { path: 'b.py' }] }, ['asks: May this go out?', 'shows a.py, b.py (removed)']],
  [
    'more files than a line holds',
    { shown: Array.from({ length: 10 }, (_, index) => file(`${index}`)) },
    ['asks: May this go out?', 'shows 0, 1, 2, 3, 4, 5, 6, 7 and 2 more'],
  ],
  ['a type of answer', { wants: 'answer' as const, answer: { choice: ['red', 'blue'] } }, ['asks: May this go out? (one of: red, blue)']],
  ['any text as an answer', { wants: 'answer' as const, answer: 'text' as const }, ['asks: May this go out?']],
])('a question in a few lines: %s', (_, more, lines) => {
  expect(askedLines({ ...asked, ...more })).toEqual(lines);
});

it('a question of many lines is one, and of a bounded length', () => {
  const [line = ''] = askedLines({ ...asked, ask: 'word\n'.repeat(1000) });
  expect(line).not.toContain('\n');
  expect(line.length).toBeLessThan(520);
});

it('a question that somebody is to decide now is not cut, unless it is a book', () => {
  const ask = `${'word '.repeat(1000)}in the test database only?`;
  expect(askedLines({ ...asked, ask }, 'whole')[0]).toBe(`asks: ${ask}`);
  expect(askedLines({ ...asked, ask: ask.repeat(100) }, 'whole')[0]?.length).toBeLessThan(10_020);
});

it('what is to be typed is one word for each name, whatever a journal from elsewhere calls a step', () => {
  const hostile = { ...asked, task: "a'; rm -rf ~ #\u001b[2J\n" };
  for (const line of [...decideLines('r', hostile), ...decideLines('r', { ...hostile, wants: 'answer' }), decideSentence('r', hostile)]) {
    expect(line).toContain(String.raw`'a'\''; rm -rf ~ #\n'`);
    expect(line).not.toContain('\u001b');
  }
});

it('a diff is safe to print and not longer than a person reads; what is left out is said', () => {
  const diff = `--- a/x\n+++ b/x\n${'+\u001b[31mred\n'.repeat(300)}`;
  const lines = diffLines({ diff, leftOut: 5 }, 'r');
  expect(lines).toHaveLength(201);
  expect(lines[2]).toBe('+red');
  expect(lines.at(-1)).toBe('… 107 more lines: multiagent diff r');
  expect(diffLines({ diff: '', leftOut: 0 }, 'r')).toEqual([]);
});
