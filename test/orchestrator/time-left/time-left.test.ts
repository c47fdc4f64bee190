import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EarlierTime, timeLeft, type TimedStep } from '../../../src/orchestrator/time-left/time-left.ts';

type Progress = TimedStep['progress'];

const toCome: Progress = { state: 'to_come' };
const ended: Progress = { state: 'ended' };
const done = (milliseconds: number): Progress => ({ state: 'done', milliseconds });
const underWay = (milliseconds: number): Progress => ({ state: 'under_way', milliseconds });

const step = (task: string, progress: Progress, more: Partial<TimedStep> = {}): TimedStep => ({
  task,
  dependencies: [],
  place: 'model',
  progress,
  ...more,
});
const after = (task: string, ...dependencies: string[]) => step(task, toCome, { dependencies });
const took = (task: string, ...times: number[]): EarlierTime[] => times.map((milliseconds) => ({ task, milliseconds }));

describe('how long a run still takes', () => {
  it.each<[string, TimedStep[], EarlierTime[], number, number | undefined]>([
    ['is not known of a first run', [step('a', toCome)], [], 1, undefined],
    ['is not known after one step of a first run', [step('a', done(100)), step('b', toCome)], [], 1, undefined],
    ['is that of the average step after two', [step('a', done(100)), step('b', done(300)), step('c', toCome)], [], 1, 200],
    ['is not told once nothing is left', [step('a', done(100)), step('b', ended)], took('a', 100), 1, undefined],
    ['is what the steps took before', [step('a', toCome), step('b', toCome)], [...took('a', 100), ...took('b', 50)], 1, 150],
    ['is by the middle one of several runs', [step('a', toCome)], took('a', 100, 900, 120), 1, 120],
    ['is less by what a step has worked', [step('a', underWay(30))], took('a', 100), 1, 70],
    ['goes on with a step that takes longer than before', [step('a', underWay(500))], took('a', 100), 1, 50],
    ['grows with a run that is slower', [step('a', done(300)), step('b', toCome)], [...took('a', 100), ...took('b', 100)], 1, 200],
    ['shrinks with a run that is faster', [step('a', done(0)), step('b', toCome)], [...took('a', 100), ...took('b', 100)], 1, 50],
    ['takes a new step for one like the others', [step('a', toCome), step('new', toCome)], took('a', 80), 1, 160],
    ['asks nothing of a step without a model', [step('a', toCome), step('check', toCome, { place: 'none' })], took('a', 80), 1, 80],
    ['knows of a step without a model what it took', [step('check', toCome, { place: 'none' })], took('check', 40), 1, 40],
    ['is shorter where two are done at once', [step('a', toCome), step('b', toCome)], [...took('a', 100), ...took('b', 100)], 2, 100],
    ['is that of what rests on each other', [after('a'), after('b', 'a')], [...took('a', 100), ...took('b', 100)], 2, 200],
  ])('%s', (_, steps, earlier, atOnce, left) => expect(timeLeft({ steps, earlier, atOnce })).toBe(left));

  it('ends with steps that rest on each other in a circle', () => {
    expect(timeLeft({ steps: [after('a', 'b'), after('b', 'a')], earlier: took('a', 10), atOnce: 1 })).toBe(20);
  });

  const milliseconds = fc.nat(10_000_000);
  const progress = fc.oneof(fc.constant(toCome), fc.constant(ended), milliseconds.map(done), milliseconds.map(underWay));
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const steps = fc
    .array(fc.record({ progress, needs: fc.nat(63), place: fc.constantFrom('model' as const, 'none' as const) }), { maxLength: 6 })
    .map((list) =>
      list.map(({ progress: at, needs, place }, index) =>
        step(names[index] ?? '', at, { place, dependencies: names.filter((_, bit) => bit < index && (needs >> bit) % 2 === 1) }),
      ),
    );
  const earlier = fc.array(fc.record({ task: fc.constantFrom(...names), milliseconds }), { maxLength: 12 });
  const atOnce = fc.integer({ min: 1, max: 5 });

  it('is a positive time or nothing, the same in whatever order is told, and no longer with more at once', () => {
    fc.assert(
      fc.property(steps, earlier, atOnce, (known, times, few) => {
        const { left, turned, more } = {
          left: timeLeft({ steps: known, earlier: times, atOnce: few }),
          turned: timeLeft({ steps: known.toReversed(), earlier: times.toReversed(), atOnce: few }),
          more: timeLeft({ steps: known, earlier: times, atOnce: few + 1 }),
        };
        expect(new Set([left, turned, more].map((time) => time === undefined)).size).toBe(1);
        expect(Number.isFinite(left ?? 1) && (left ?? 1) > 0).toBe(true);
        expect(turned ?? 0).toBeCloseTo(left ?? 0, 3);
        expect(more ?? 0).toBeLessThanOrEqual((left ?? 0) * (1 + 1e-9));
      }),
    );
  });

  it('is not changed by a step without a model of which nothing is known', () => {
    fc.assert(
      fc.property(steps, earlier, atOnce, (known, times, few) => {
        const longer = timeLeft({ steps: [...known, step('g', toCome, { place: 'none' })], earlier: times, atOnce: few });
        expect(longer).toBe(timeLeft({ steps: known, earlier: times, atOnce: few }));
      }),
    );
  });
});
