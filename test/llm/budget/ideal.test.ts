import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ideal, type GraphTask, type TranscriptGraph, type TranscriptLayout } from '../../../src/llm/budget/ideal.ts';

const shared = { turns: 'linear', prompt: 'transcript' } as const satisfies TranscriptLayout;
const branching = { turns: 'graph', prompt: 'transcript' } as const satisfies TranscriptLayout;

/** Messages of 10 tokens, replies of 100, one time unit each; `span` where branches overlap. */
function task(name: string, dependencies: string[], span: [from: number, to: number], change: Partial<GraphTask> = {}): GraphTask {
  const [from, to] = span;
  return {
    task: name,
    role: name,
    dependencies,
    exchanges: [{ messageTokens: 10, replyTokens: 100, from, to }],
    turn: 'stands',
    ...change,
  };
}

function graphOf(tasks: GraphTask[], change: Partial<TranscriptGraph> = {}): TranscriptGraph {
  return { baseTokens: 50, tasks, cuts: [], ...change };
}

const chain = graphOf([task('a', [], [0, 1]), task('b', ['a'], [1, 2]), task('c', ['b'], [2, 3])]);
const inTurn = graphOf([task('a', [], [0, 1]), task('b', ['a'], [1, 2]), task('c', ['a'], [2, 3]), task('d', ['b', 'c'], [3, 4])]);
const atOnce = graphOf([task('a', [], [0, 1]), task('b', ['a'], [1, 2]), task('c', ['a'], [1, 2]), task('d', ['b', 'c'], [2, 3])]);

describe('the least possible reading', () => {
  it.each<[string, TranscriptGraph, TranscriptLayout, number, number[]]>([
    ['of a chain is each message once', chain, shared, 1, [60, 10, 10]],
    ['of a chain is the same whichever turns a task sees', chain, branching, 1, [60, 10, 10]],
    ['of a chain is not helped by more slots', chain, shared, 3, [60, 10, 10]],
    ['of a diamond in turn is each message once where a task sees all before it', inTurn, shared, 1, [60, 10, 10, 10]],
    // The join has one branch before it in the slot at best, and reads the other's turn.
    ['of a diamond in turn has the join read one branch again', inTurn, branching, 1, [60, 10, 10, 230]],
    // Two slots: the fork reads base, a's turn and its own message; the join then finds one branch.
    ['of a diamond at once has the fork read its ancestors a second time', atOnce, branching, 2, [60, 10, 170, 120]],
    ['in a layout by role is each whole prompt', chain, { turns: 'linear', prompt: 'per_role' }, 1, [60, 170, 280]],
  ])('%s', (_, graph, layout, slots, costs) => {
    expect(ideal(graph, layout, slots)).toEqual(costs);
  });

  it('keeps a branch for the join where a slot is to spare', () => {
    // With a second slot, `c` may read everything anew (170) so that `b` stays: then the join reads less (10 + 110).
    const one = ideal(inTurn, branching, 1).reduce((sum, tokens) => sum + tokens);
    const two = ideal(inTurn, branching, 2).reduce((sum, tokens) => sum + tokens);
    expect([one, two]).toEqual([310, 310]);
    const longReply = graphOf(
      inTurn.tasks.map((each) =>
        each.task === 'b' ? { ...each, exchanges: [{ messageTokens: 10, replyTokens: 5000, from: 1, to: 2 }] } : each,
      ),
    );
    expect(ideal(longReply, branching, 1)).toEqual([60, 10, 10, 5130]);
    expect(ideal(longReply, branching, 2)).toEqual([60, 10, 170, 120]);
  });

  it('reads what follows a cut, and the digest, anew', () => {
    const cut = { ...chain, cuts: [{ task: 'a', tokens: 20, at: 2 }] };
    expect(ideal(cut, shared, 1)).toEqual([60, 10, 20 + 110 + 10]);
  });

  it('reads a corrected reply again behind its first message, and the failed ones of others not at all', () => {
    const corrected = task('b', ['a'], [1, 2], {
      exchanges: [
        { messageTokens: 10, replyTokens: 100, from: 1, to: 2 },
        { messageTokens: 5, replyTokens: 80, from: 2, to: 3 },
      ],
    });
    expect(ideal(graphOf([task('a', [], [0, 1]), corrected, task('c', ['b'], [3, 4])]), shared, 1)).toEqual([60, 15, 80 + 10]);
    const failed = { ...corrected, turn: 'none' as const };
    expect(ideal(graphOf([task('a', [], [0, 1]), failed, task('c', ['a'], [3, 4])]), shared, 1)).toEqual([60, 15, 10]);
  });

  it('is nothing for a run that asked nothing', () => {
    expect(ideal(graphOf([]), shared, 1)).toEqual([]);
  });

  it('is never more with one more slot, and never less than what is new', () => {
    const tasks = fc
      .integer({ min: 1, max: 7 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, index) =>
            fc.record({ above: fc.subarray(Array.from({ length: index }, (_, other) => `t${other}`)), reply: fc.nat({ max: 300 }) }),
          ),
        ),
      );
    fc.assert(
      fc.property(tasks, fc.integer({ min: 1, max: 3 }), (drawn, slots) => {
        const graph = graphOf(
          drawn.map(({ above, reply }, index) =>
            task(`t${index}`, above, [index, index + 1], {
              exchanges: [{ messageTokens: 10, replyTokens: reply, from: index, to: index + 1 }],
            }),
          ),
        );
        const sum = (count: number) => ideal(graph, branching, count).reduce((total, tokens) => total + tokens, 0);
        expect(sum(slots + 1)).toBeLessThanOrEqual(sum(slots));
        expect(sum(slots)).toBeGreaterThanOrEqual(50 + 10 * drawn.length);
        const linear = ideal(graph, shared, slots).reduce((total, tokens) => total + tokens, 0);
        expect(linear).toBe(50 + 10 * drawn.length);
      }),
    );
  });
});

describe('the least possible reading with copies', () => {
  it('has branches read only their own, and a join what the others wrote', () => {
    expect(ideal(atOnce, branching, 2, 'kept')).toEqual([60, 10, 10, 120]);
    expect(ideal(atOnce, branching, 2)).toEqual([60, 10, 170, 120]);
  });

  it('shares what stands before everything also among tasks that begin together', () => {
    const roots = graphOf([task('a', [], [0, 1]), task('b', [], [0, 1])]);
    expect(ideal(roots, branching, 2, 'kept')).toEqual([60, 10]);
  });

  it('is never more than without', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const shape = fc.record({ on: fc.subarray(names), wait: fc.nat(3), span: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 5 }), (shapes) => {
        const tasks: GraphTask[] = [];
        for (const [index, { on, wait, span }] of shapes.entries()) {
          const before = tasks.filter((other) => on.includes(other.task));
          const from = Math.max(0, ...before.map(({ exchanges }) => exchanges[0]?.to ?? 0)) + wait;
          tasks.push(
            task(
              names[index] ?? '',
              before.map((other) => other.task),
              [from, from + span],
            ),
          );
        }
        const sum = (copies: 'kept' | 'none') =>
          ideal(graphOf(tasks), branching, names.length, copies).reduce((total, tokens) => total + tokens, 0);
        expect(sum('kept')).toBeLessThanOrEqual(sum('none'));
      }),
    );
  });
});
