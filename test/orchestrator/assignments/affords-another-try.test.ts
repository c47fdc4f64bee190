import { describe, expect, it, test } from 'vitest';
import { affordsAnotherTry } from '../../../src/orchestrator/assignments/affords-another-try.ts';
import type { ReplyRecord, TaskRecord, TaskStatus } from '../../../src/state/run/run-records.ts';

interface Replied {
  path: string;
  prompt: number;
  read: number;
  written: number;
  task?: string;
}

/** A run that has these replies behind it and so many steps to come. */
function runWith(replied: readonly Replied[], { pending = 0, prepared = 0 } = {}): Parameters<typeof affordsAnotherTry>[0] {
  const replies = replied.map(({ path, prompt, read, written, task = 'implementation' }, index) => ({
    kind: 'reply',
    activity: `${task}/${index + 1}`,
    task,
    judged: path === '' ? undefined : { path, problems: [] },
    text: '',
    usage: { promptTokens: prompt, readTokens: read, replyTokens: written },
  }));
  const tasks = Array.from({ length: pending }, (_, index) => [`later_${index}`, { status: 'pending' satisfies TaskStatus }]);
  return {
    activities: new Map(replies.map((reply) => [reply.activity, reply as unknown as ReplyRecord])),
    tasks: new Map(tasks as [string, TaskRecord][]),
    prepared: { usage: { readTokens: prepared } } as Parameters<typeof affordsAnotherTry>[0]['prepared'],
  };
}

const first: Replied = { path: 'a.py', prompt: 300, read: 300, written: 300 };
const again: Replied = { ...first, read: 0 };

describe('whether a run can pay for another try', () => {
  // One plain prompt takes 300 + 300 tokens, so that a run may take nearly 2,400.
  test.each<[string, Replied[], number, boolean]>([
    ['with nothing to come there is much left', [first, again, again], 0, true],
    ['up to four times one plain prompt', [first, again, again, again, again], 0, true],
    ['and not beyond', [first, again, again, again, again, again], 0, false],
    ['steps to come have to be paid as well', [first, again], 3, true],
    ['and leave less for this one', [first, again, again, again], 3, false],
    ['what a step before it wrote counts', [{ ...first, path: '', task: 'analysis', written: 1000 }, first, again], 1, false],
    ['a try is expected to be as long as the longest so far', [first, { ...again, written: 800 }], 1, false],
  ])('%s', (_, replies, pending, expected) => {
    const tried = replies.flatMap(({ path, task = 'implementation' }, index) => (path === '' ? [] : [`${task}/${index + 1}`]));
    expect(affordsAnotherTry(runWith(replies, { pending }), { tried, due: 0 })).toBe(expected);
  });

  it('counts what was read before the first step', () => {
    const replies = [first, again, again, again, again];
    expect(affordsAnotherTry(runWith(replies, { prepared: 241 }), { tried: ['implementation/1'], due: 0 })).toBe(false);
  });

  it('expects of files that are still due what the first ones took, in the plain reply as well', () => {
    const replies = [first, again, again, again, again];
    expect(affordsAnotherTry(runWith([...replies, again]), { tried: ['implementation/1'], due: 0 })).toBe(false);
    expect(affordsAnotherTry(runWith([...replies, again]), { tried: ['implementation/1'], due: 1 })).toBe(true);
  });

  it('takes the first step that asked for files as the measure, and each of its files once', () => {
    const tests: Replied = { path: 'test_a.py', prompt: 600, read: 300, written: 900, task: 'testing' };
    expect(affordsAnotherTry(runWith([first, tests]), { tried: ['testing/2'], due: 0 })).toBe(false);
    const two = [first, { ...again, path: 'b.py' }, again];
    expect(affordsAnotherTry(runWith([...two, again, again, again, again]), { tried: ['implementation/1'], due: 0 })).toBe(true);
  });
});
