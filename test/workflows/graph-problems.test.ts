import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graphProblems } from '../../src/workflows/graph-problems.ts';
import { soundGraphs } from './sound-graphs.ts';

describe('graphProblems', () => {
  test('accepts every graph without a circle, in whatever order its nodes stand', () => {
    fc.assert(
      fc.property(soundGraphs, (nodes) => {
        expect(graphProblems(nodes)).toEqual([]);
      }),
    );
  });

  test('refuses every graph with a circle, and names steps that really wait for each other', () => {
    fc.assert(
      fc.property(soundGraphs, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), (nodes, picks) => {
        const circle = [...new Set(picks.map((pick) => nodes[pick % nodes.length]?.id ?? ''))];
        const looped = nodes.map(({ id, depends_on }) => {
          const place = circle.indexOf(id);
          const next = circle[(place + 1) % circle.length];
          return { id, depends_on: place < 0 || next === undefined ? depends_on : [...new Set([...depends_on, next])] };
        });
        const problems = graphProblems(looped);
        expect(problems).not.toEqual([]);
        for (const { node, message } of problems) {
          const names = /circle: (?<path>.*)$/.exec(message)?.groups?.['path']?.split(' → ') ?? [looped[node]?.id, looped[node]?.id];
          for (const [index, name] of names.slice(0, -1).entries()) {
            expect(looped.find(({ id }) => id === name)?.depends_on).toContain(names[index + 1]);
          }
          expect(names.at(0)).toBe(names.at(-1));
        }
      }),
    );
  });

  test('names each of several circles once', () => {
    const nodes = [
      { id: 'a', depends_on: ['b'] },
      { id: 'b', depends_on: ['a'] },
      { id: 'after', depends_on: ['b', 'c'] },
      { id: 'c', depends_on: ['d'] },
      { id: 'd', depends_on: ['c'] },
    ];
    expect(graphProblems(nodes)).toEqual([
      { node: 0, message: 'the steps depend on each other in a circle: a → b → a' },
      { node: 3, message: 'the steps depend on each other in a circle: c → d → c' },
    ]);
  });

  test('ten thousand steps in a row are no problem, and one circle through all of them is one', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => ({ id: `s${index}`, depends_on: index === 0 ? [] : [`s${index - 1}`] }));
    expect(graphProblems(chain)).toEqual([]);
    expect(graphProblems(chain.with(0, { id: 's0', depends_on: ['s9999'] }))).toHaveLength(1);
  });
});
