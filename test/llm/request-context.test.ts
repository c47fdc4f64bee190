import { describe, expect, it } from 'vitest';
import { requestContext } from '../../src/llm/request-context.ts';

const base = {
  address: 'http://127.0.0.1:1/v1',
  models: [],
  dialect: 'llama-server',
  capabilities: { countsTokens: true, continuesReplies: true },
} as const;

describe('requestContext', () => {
  it.each([
    { engine: 'server', contextTokens: 16_384, atOnce: 1, expected: 16_384 },
    { engine: 'server', contextTokens: 16_384, atOnce: 3, expected: 5461 },
    { engine: 'embedded', contextTokens: 4096, atOnce: 3, expected: 4096 },
    { engine: 'server', contextTokens: undefined, atOnce: 2, expected: undefined },
  ] as const)('of $contextTokens tokens on $engine for $atOnce at once is $expected', ({ engine, contextTokens, atOnce, expected }) => {
    expect(requestContext({ ...base, models: [], engine, contextTokens }, atOnce)).toBe(expected);
  });
});
