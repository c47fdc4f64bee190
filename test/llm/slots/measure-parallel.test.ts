import { describe, expect, it } from 'vitest';
import { measureParallel, type MeasureParallelOptions } from '../../../src/llm/slots/measure-parallel.ts';

const { signal } = new AbortController();

/** A machine with a clock of its own, where each of several replies comes as fast as one alone. */
function machine({ read, write }: { read: number; write: number }) {
  let now = 0;
  const asked: number[] = [];
  const generate: MeasureParallelOptions['generate'] = async ({ promptTokens, replyTokens }) => {
    asked.push(replyTokens);
    const end = now + (replyTokens * 1000) / write;
    await Promise.resolve();
    now = Math.max(now, end);
    return { readTokens: promptTokens, readMilliseconds: (promptTokens * 1000) / read, writtenTokens: replyTokens };
  };
  return { generate, now: () => now, asked };
}

describe('measuring several generations at once', () => {
  it('compares the tokens of all with the time that all took, and tells reading apart', async () => {
    const { generate, now } = machine({ read: 100, write: 10 });
    expect(await measureParallel({ generate, atOnce: 3, now, signal })).toEqual({ atOnce: 3, read: 100, alone: 10, together: 30 });
  });

  it.each([
    [5, 16],
    [100, 60],
    [10_000, 160],
  ])('a machine that writes %i tokens a second writes at most %i for it', async (write, most) => {
    const { generate, now, asked } = machine({ read: 100, write });
    await measureParallel({ generate, atOnce: 2, now, signal });
    expect(Math.max(...asked)).toBe(most);
  });

  it('tells nothing where a server tells no time', async () => {
    const generate = () => Promise.resolve({ readTokens: 0, readMilliseconds: 0, writtenTokens: 0 });
    expect(await measureParallel({ generate, atOnce: 2, now: () => 0, signal })).toBeUndefined();
  });
});
