import { describe, expect, it } from 'vitest';
import { requestContext } from '../../../src/llm/budget/request-context.ts';

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
    expect(requestContext({ server: { ...base, models: [], engine, contextTokens } }, atOnce)).toBe(expected);
  });

  it.each([
    { name: 'the smallest context counts', servers: [{ contextTokens: 16_384 }, { contextTokens: 8192 }], atOnce: 1, expected: 8192 },
    { name: 'one slot works on one request', servers: [{ contextTokens: 16_384, slots: 1 }], atOnce: 2, expected: 16_384 },
    {
      name: 'each shares its own context only',
      servers: [
        { contextTokens: 16_384, slots: 1 },
        { contextTokens: 20_000, slots: 4 },
      ],
      atOnce: 3,
      expected: 6666,
    },
    { name: 'what one does not tell decides nothing', servers: [{}, { contextTokens: 8192 }], atOnce: 1, expected: 8192 },
    { name: 'nothing is known where none tells', servers: [{}, {}], atOnce: 1, expected: undefined },
  ])('of several servers: $name', ({ servers, atOnce, expected }) => {
    const several = servers.map((server) => ({ ...base, models: [], engine: 'server' as const, ...server }));
    expect(requestContext({ server: { ...base, models: [], engine: 'server' }, servers: several }, atOnce)).toBe(expected);
  });
});
