import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, chooseServer } from '../../../src/llm/several-servers/choose-server.ts';
import { randomNumbers } from '../../fuzz/random-numbers.ts';

type Named = Candidate & { name: string };

function server(name: string, change: Partial<Candidate> = {}): Named {
  return { name, weight: 1, state: 'up', slots: 1, busy: 0, held: 0, ...change };
}

const choose = (servers: Named[], point = 0) => chooseServer({ servers, promptLength: 1000, random: () => point })?.name;

describe('chooseServer', () => {
  it.each([
    { promise: 'goes where the prompt is held', servers: [server('a'), server('b', { held: 900 })], point: 0, expected: 'b' },
    {
      promise: 'goes where more of it is held',
      servers: [server('a', { held: 600 }), server('b', { held: 700 })],
      point: 0,
      expected: 'b',
    },
    {
      promise: 'takes what all conversations have in common for no home',
      servers: [server('a'), server('b', { held: 300 })],
      point: 0,
      expected: 'a',
    },
    {
      promise: 'stays at home whatever the weights',
      servers: [server('a', { held: 900 }), server('b', { weight: 50 })],
      point: 0.9,
      expected: 'a',
    },
    {
      promise: 'goes to a free slot rather than wait at home',
      servers: [server('a', { held: 900, busy: 1 }), server('b')],
      point: 0,
      expected: 'b',
    },
    {
      promise: 'waits at home where no slot is free anywhere',
      servers: [server('a', { busy: 1 }), server('b', { held: 900, busy: 1 })],
      point: 0,
      expected: 'b',
    },
    {
      promise: 'leaves home when it is down',
      servers: [server('a', { held: 900, state: 'down' }), server('b')],
      point: 0,
      expected: 'b',
    },
    { promise: 'uses none that is unfit', servers: [server('a', { state: 'unfit' }), server('b')], point: 0, expected: 'b' },
    {
      promise: 'finds none where none is up',
      servers: [server('a', { state: 'down' }), server('b', { state: 'unfit' })],
      point: 0,
      expected: undefined,
    },
    { promise: 'counts a busy server for less', servers: [server('a', { slots: 4, busy: 3 }), server('b')], point: 0.3, expected: 'b' },
    {
      promise: 'takes a server that does not tell its slots for free',
      servers: [server('a', { slots: undefined, busy: 9, held: 900 }), server('b')],
      point: 0.9,
      expected: 'a',
    },
  ])('$promise', ({ servers, point, expected }) => {
    expect(choose(servers, point)).toBe(expected);
  });

  it('begins work in proportion to the weights', () => {
    const random = randomNumbers(7);
    const servers = [server('a', { weight: 1 }), server('b', { weight: 3 }), server('c', { weight: 6 })];
    const begun = { a: 0, b: 0, c: 0 };
    for (let run = 0; run < 10_000; run += 1) {
      const chosen = chooseServer({ servers, promptLength: 1000, random })?.name as keyof typeof begun;
      begun[chosen] += 1;
    }
    expect(begun.a / 10_000).toBeCloseTo(0.1, 1);
    expect(begun.b / 10_000).toBeCloseTo(0.3, 1);
    expect(begun.c / 10_000).toBeCloseTo(0.6, 1);
  });

  const anyServer = fc.record({
    name: fc.string(),
    weight: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    state: fc.constantFrom('up' as const, 'down' as const, 'unfit' as const),
    slots: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
    busy: fc.nat(9),
    held: fc.nat(1000),
  });
  const anyPoint = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it('never chooses one that is not up, and always one where one is', () => {
    fc.assert(
      fc.property(fc.array(anyServer), anyPoint, (servers, point) => {
        const chosen = chooseServer({ servers, promptLength: 1000, random: () => point });
        expect(chosen?.state).toBe(servers.some(({ state }) => state === 'up') ? 'up' : undefined);
      }),
    );
  });

  it('never makes a call wait for a slot while another server has a free one', () => {
    const isFree = ({ state, slots, busy }: Candidate) => state === 'up' && (slots === undefined || busy < slots);
    fc.assert(
      fc.property(fc.array(anyServer), anyPoint, (servers, point) => {
        fc.pre(servers.some(isFree));
        const chosen = chooseServer({ servers, promptLength: 1000, random: () => point });
        expect(chosen && isFree(chosen)).toBe(true);
      }),
    );
  });

  it('keeps a conversation where it is while that server has a slot for it', () => {
    fc.assert(
      fc.property(fc.array(anyServer), fc.integer({ min: 501, max: 1000 }), anyPoint, (others, held, point) => {
        const home = { ...server('home', { held }), name: 'home' };
        const less = others.map((other) => ({ ...other, held: Math.min(other.held, held - 1) }));
        expect(chooseServer({ servers: [...less, home], promptLength: 1000, random: () => point })?.name).toBe('home');
      }),
    );
  });
});
