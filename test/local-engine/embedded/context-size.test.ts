import { describe, expect, it } from 'vitest';
import { chooseContextSize } from '../../../src/local-engine/embedded/context-size.ts';

/** Two slots of which each token costs 10 bytes. */
const choose = (wanted: number | undefined, trainedContext: number, availableMemory: number) =>
  chooseContextSize({ wanted, trainedContext, availableMemory, estimateMemory: (tokens) => Promise.resolve(tokens * 20) });

describe('the context of a slot', () => {
  it.each([
    { name: 'the usual size when the model knows more', wanted: undefined, trained: 131_072, memory: 1e9, tokens: 8192 },
    { name: 'what the model was trained for when that is less', wanted: undefined, trained: 2048, memory: 1e9, tokens: 2048 },
    { name: 'halved until all slots fit', wanted: undefined, trained: 8192, memory: 60_000, tokens: 2048 },
    { name: 'what was asked for', wanted: 16_384, trained: 8192, memory: 1e9, tokens: 16_384 },
  ])('is $name', async ({ wanted, trained, memory, tokens }) => {
    expect(await choose(wanted, trained, memory)).toMatchObject({ type: 'fits', contextTokens: tokens, bytes: tokens * 20 });
  });

  it.each([
    { name: 'an explicit wish does not fit', wanted: 8192, memory: 100_000 },
    { name: 'not even the smallest sensible one fits', wanted: undefined, memory: 1000 },
  ])('is refused when $name', async ({ wanted, memory }) => {
    expect(await choose(wanted, 8192, memory)).toMatchObject({ type: 'too_large' });
  });
});
