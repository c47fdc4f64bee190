import { describe, expect, it } from 'vitest';
import { judgeChange } from '../../../src/project/changes/judge-change.ts';

type Text = string | undefined;

function judge({ before, after, base, origin = 'somebody' }: { before: Text; after: string; base?: Text; origin?: 'run' | 'somebody' }) {
  const bytes = (text: Text) => (text === undefined ? undefined : Buffer.from(text));
  const judged = judgeChange({ before: bytes(before), after: Buffer.from(after), base: bytes(base), wasThere: base !== undefined, origin });
  if (judged.kind === 'change') return `${judged.how}: ${Buffer.from(judged.after).toString()}`;
  return judged.kind === 'conflict' ? judged.why : judged.kind;
}

describe('what becomes of a file of a project that a run has a version of', () => {
  it.each([
    ['is new', { before: undefined, after: 'a' }, 'as it is: a'],
    ['stands there already', { before: 'a', after: 'a' }, 'same'],
    ['is as the run read it', { before: 'a', after: 'b', base: 'a' }, 'as it is: b'],
    ['was read without its byte order mark', { before: '\uFEFFa', after: 'b', base: 'a' }, 'as it is: b'],
    ['is what a run brought', { before: 'a', after: 'b', origin: 'run' as const }, 'as it is: b'],
    [
      'was changed elsewhere',
      { before: '1\n2\n3\n4', after: '1\n2\n3\nfour', base: '1\n2\n3\n4'.replace('1', 'one') },
      'as it is: 1\n2\n3\nfour',
    ],
    ['was changed by the project alone', { before: 'mine', after: 'a', base: 'a' }, 'same'],
    ['was never read', { before: 'mine', after: 'a' }, 'it is in the project already, but the run has not read it'],
    ['is gone', { before: undefined, after: 'b', base: 'a' }, 'the run read it, but it is no longer in the project'],
    ['was changed in the same line', { before: 'mine', after: 'b', base: 'a' }, 'it has changed since the run read it, in the same lines'],
    ['is no text', { before: 'a\0', after: 'b', base: 'a' }, 'it has changed since the run read it, and cannot be merged: it is no text'],
  ])('a file that %s', (_, file, outcome) => {
    expect(judge(file)).toBe(outcome);
  });

  it('is merged where both have changed it in different places', () => {
    expect(judge({ before: '1\n2\n3\nfour\n', after: 'one\n2\n3\n4\n', base: '1\n2\n3\n4\n' })).toBe('merged: one\n2\n3\nfour\n');
  });
});
