import { describe, expect, it } from 'vitest';
import { timingsOf } from '../../../src/local-engine/embedded/timings.ts';

describe('timings', () => {
  it('count the first token of the reply with the prompt that it fell out of', () => {
    expect(timingsOf({ cached: 10, read: 50, promptMilliseconds: 100, predicted: 5, predictedMilliseconds: 8 })).toEqual({
      cache_n: 10,
      prompt_n: 50,
      prompt_ms: 100,
      prompt_per_token_ms: 2,
      prompt_per_second: 500,
      predicted_n: 5,
      predicted_ms: 8,
      predicted_per_token_ms: 2,
      predicted_per_second: 500,
    });
  });

  it('stay numbers when there is nothing to divide by', () => {
    const timings = timingsOf({ cached: 0, read: 1, promptMilliseconds: 0, predicted: 1, predictedMilliseconds: 0 });
    expect(Object.values(timings).every((value) => Number.isFinite(value))).toBe(true);
  });
});
