import { describe, expect, it } from 'vitest';
import { isKeptHere } from '../../../src/state/run/is-kept-here.ts';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';

/** A run with these tasks of a workflow with these steps. */
function runOf(tasks: Partial<TaskRecord>[], steps: unknown): Pick<RunState, 'tasks' | 'definition'> {
  return { tasks: new Map(tasks.map((task) => [task.task!, task as TaskRecord])), definition: { steps } };
}

const plain = { task: 'plain' };

describe('a task stays on this machine', () => {
  it.each<[what: string, kept: boolean, task: { task: string; private?: boolean }, steps: unknown]>([
    ['nothing says so', false, plain, [{ id: 'plain' }]],
    ['it is private itself', true, { ...plain, private: true }, []],
    ['it joined the run for one that is', true, { task: 'own/1' }, []],
    ['its step is private, whatever the task says', true, { ...plain, private: false }, [{ id: 'other' }, { id: 'plain', private: true }]],
    ['it belongs to a step that is private', true, { task: 'plain/2/inner' }, [{ id: 'plain', private: true }]],
    ['another step is private', false, plain, [{ id: 'plain-too', private: true }]],
    ['one of two steps of its name is', true, plain, [{ id: 'plain', private: true }, { id: 'plain' }]],
    ['a journal from elsewhere holds something else than steps', false, plain, [null, 7, { private: true }]],
    ['it holds no list of them', false, plain, 'plain'],
  ])('or not, where %s', (_, kept, task, steps) => {
    expect(isKeptHere(runOf([task, { task: 'own', private: true }], steps), task.task)).toBe(kept);
  });

  const look = (id: string, more: object = {}) => ({ id, kind: 'agent', ...more });
  const nested = [
    look('rounds', { kind: 'loop', steps: [look('in', { private: true }), look('beside')] }),
    look('choice', {
      kind: 'switch',
      cases: [{ when: 'true', steps: [look('deep', { kind: 'for_each', private: true, steps: [look('far')] })] }],
    }),
    look('in'),
    look('other', { kind: 'workflow', workflow: 'inner' }),
  ];

  it.each([
    ['rounds', false],
    ['rounds/1/in', true],
    ['rounds/12/in/rework/1', true],
    ['rounds/1/beside', false],
    ['choice/1/deep', true],
    ['choice/1/deep/3/far', true],
    ['in', false],
    ['other/in', false],
    ['nowhere', false],
  ])('where a step within another one is private: %s: %j', (task, expected) => {
    expect([isKeptHere(runOf([], nested), task), isKeptHere(runOf([], nested), task)]).toEqual([expected, expected]);
  });

  it('is found out of the steps once for all tasks of a run', () => {
    let looks = 0;
    const steps = Array.from({ length: 100 }, (_, number) => {
      const step = { id: `step-${number}`, private: number === 99 };
      return Object.defineProperty(step, 'id', { enumerable: true, get: () => ((looks += 1), `step-${number}`) });
    });
    const run = runOf([], steps);
    for (let number = 0; number < 100; number += 1) expect(isKeptHere(run, `step-${number}`)).toBe(number === 99);
    expect(looks).toBeLessThanOrEqual(300);
  });
});
