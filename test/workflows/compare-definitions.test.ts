import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compareDefinitions } from '../../src/workflows/compare-definitions.ts';
import { soundGraphs } from './sound-graphs.ts';

const step = (id: string, rest: Record<string, unknown> = {}) => ({ id, kind: 'agent', depends_on: [] as string[], ...rest });
const workflow = (steps: object[], rest: Record<string, unknown> = {}) => ({ name: 'a', title: 'A', ...rest, steps });

describe('two definitions are compared by what they mean', () => {
  test.each<[what: string, before: object, after: object]>([
    ['the order of keys', workflow([{ id: 'a', role: 'b' }]), { steps: [{ role: 'b', id: 'a' }], title: 'A', name: 'a' }],
    ['the version that a definition has anyway', workflow([step('a')]), workflow([step('a')], { version: 1 })],
    [
      'the order of dependencies',
      workflow([step('a'), step('b'), step('c', { depends_on: ['a', 'b'] })]),
      workflow([step('a'), step('b'), step('c', { depends_on: ['b', 'a'] })]),
    ],
    [
      'where a step stands that others decide about anyway',
      workflow([step('a'), step('b', { depends_on: ['a'] })]),
      workflow([step('b', { depends_on: ['a'] }), step('a')]),
    ],
  ])('%s makes no difference', (_, before, after) => {
    expect(compareDefinitions(before, after)).toEqual([]);
  });

  it('what a description only repeats is told once, as long as neither side says more', () => {
    const told = (name: string, seconds: number, description = `Waits for ${seconds}.`) => ({
      name,
      title: name.toUpperCase(),
      description: name.toUpperCase(),
      steps: [step('w', { kind: 'wait', seconds, description })],
    });
    const differ = (other: ReturnType<typeof told>) =>
      compareDefinitions(told('a', 1), other, ({ seconds }) => `Waits for ${String(seconds)}.`).map((change) =>
        'key' in change ? change.key : '',
      );
    expect(differ(told('b', 2))).toEqual(['name', 'seconds']);
    expect(differ(told('b', 2, 'Rest.'))).toEqual(['name', 'seconds', 'description']);
  });

  test.each<[what: string, before: object, after: object, changes: unknown[]]>([
    [
      'a title',
      workflow([step('a')]),
      workflow([step('a')], { title: 'B' }),
      [{ change: 'changed', key: 'title', before: 'A', after: 'B' }],
    ],
    [
      'steps that come and go',
      workflow([step('a'), step('b')]),
      workflow([step('a'), step('c', { kind: 'wait' })]),
      [
        { change: 'removed', step: 'b', kind: 'agent' },
        { change: 'added', step: 'c', kind: 'wait' },
      ],
    ],
    [
      'a key of a step',
      workflow([step('a', { role: 'developer' })]),
      workflow([step('a', { role: 'qa_engineer', model: 'big' })]),
      [
        { change: 'changed', step: 'a', key: 'role', before: 'developer', after: 'qa_engineer' },
        { change: 'changed', step: 'a', key: 'model', before: undefined, after: 'big' },
      ],
    ],
    [
      'a key within a key',
      workflow([step('a', { expects: { json: { type: 'object' } } })]),
      workflow([step('a', { expects: { json: { type: 'array' } } })]),
      [{ change: 'changed', step: 'a', key: 'expects.json.type', before: 'object', after: 'array' }],
    ],
    [
      'steps within steps, by their path',
      workflow([step('rounds', { kind: 'loop', steps: [step('review', { criteria: ['x'] }), step('rework')] })]),
      workflow([step('rounds', { kind: 'loop', steps: [step('review', { criteria: ['x', 'y'] })] })]),
      [
        { change: 'changed', step: 'rounds/review', key: 'criteria', before: ['x'], after: ['x', 'y'] },
        { change: 'removed', step: 'rounds/rework', kind: 'agent' },
      ],
    ],
    [
      'one of several cases',
      workflow([step('s', { kind: 'switch', cases: [{ when: 'a', steps: [step('x')] }] })]),
      workflow([step('s', { kind: 'switch', cases: [{ when: 'b', steps: [step('x'), step('y')] }] })]),
      [
        { change: 'changed', step: 's', key: 'cases[0].when', before: 'a', after: 'b' },
        { change: 'added', step: 's/y', kind: 'agent' },
      ],
    ],
    [
      'which of two steps that need nothing comes first',
      workflow([step('a'), step('b')]),
      workflow([step('b'), step('a')]),
      [{ change: 'reordered', before: ['a', 'b'], after: ['b', 'a'] }],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(compareDefinitions(before, after)).toEqual(changes);
  });

  it('no workflow differs from itself, and what is added one way is removed the other way', () => {
    fc.assert(
      fc.property(soundGraphs, soundGraphs, (one, other) => {
        expect(compareDefinitions(workflow(one), workflow(structuredClone(one)))).toEqual([]);
        const told = (change: string, changes: ReturnType<typeof compareDefinitions>) =>
          new Set(changes.flatMap((each) => (each.change === change ? [each.step] : [])));
        const there = compareDefinitions(workflow(one), workflow(other));
        const back = compareDefinitions(workflow(other), workflow(one));
        expect(told('added', there)).toEqual(told('removed', back));
        expect(told('removed', there)).toEqual(told('added', back));
        expect(there.length).toBe(back.length);
      }),
    );
  });
});
