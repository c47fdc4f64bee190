import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widestFront } from '../../../src/orchestrator/scheduling/widest-front.ts';

interface Step {
  id: string;
  depends_on: string[];
}

/** Each step depends on some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 9 })
  .map((rows): Step[] =>
    rows.map((row, at) => ({ id: `s${at}`, depends_on: at === 0 ? [] : [...new Set(row.map((number) => `s${number % at}`))] })),
  );

/** The largest set of steps none of which needs another: every set is tried. */
function largestSet(steps: Step[]): number {
  const above = new Map<string, Set<string>>();
  for (const { id, depends_on } of steps) above.set(id, new Set(depends_on.flatMap((name) => [name, ...(above.get(name) ?? [])])));
  let largest = 0;
  for (let set = 0; set < 2 ** steps.length; set += 1) {
    const chosen = steps.filter((_, at) => (set >> at) & 1);
    if (chosen.length > largest && chosen.every(({ id }) => chosen.every((other) => !above.get(id)?.has(other.id))))
      largest = chosen.length;
  }
  return largest;
}

/** Steps that begin together where each begins as soon as it can. */
function largestLevel(steps: Step[]): number {
  const depth = new Map<string, number>();
  for (const { id, depends_on } of steps) depth.set(id, Math.max(-1, ...depends_on.map((name) => depth.get(name) ?? -1)) + 1);
  return Math.max(0, ...[...new Set(depth.values())].map((level) => [...depth.values()].filter((other) => other === level).length));
}

describe('widestFront', () => {
  it('is never more than can be under way together, and never less than what begins together', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const width = widestFront(steps);
        expect(width).toBeLessThanOrEqual(Math.max(1, largestSet(steps)));
        expect(width).toBeGreaterThanOrEqual(largestLevel(steps));
      }),
    );
  });

  it('counts a step that nothing waits for as long as others go on', () => {
    const chain = ['a', 'b', 'c'].map((id, at, all): Step => ({ id, depends_on: at === 0 ? [] : [all[at - 1]!] }));
    expect(widestFront([...chain, { id: 'alone', depends_on: [] }, { id: 'beside', depends_on: ['a'] }])).toBe(3);
  });

  it.each([
    ['beside each other', (at: number) => (at === 0 ? [] : []), 50_000],
    ['in one chain', (at: number) => (at === 0 ? [] : [`s${at - 1}`]), 1],
    ['all behind the first', (at: number) => (at === 0 ? [] : ['s0']), 49_999],
  ])('gets through 50,000 steps %s', (_, dependenciesOf, width) => {
    expect(widestFront(Array.from({ length: 50_000 }, (__, at) => ({ id: `s${at}`, depends_on: dependenciesOf(at) })))).toBe(width);
  });
});
