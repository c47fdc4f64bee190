import { describe, expect, it } from 'vitest';
import { isKeptHere } from '../../../src/state/run/is-kept-here.ts';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';

/** A run with these tasks of a workflow with these steps. */
function runOf(tasks: Partial<TaskRecord>[], steps: unknown): Pick<RunState, 'tasks' | 'definition'> {
  return { tasks: new Map(tasks.map((task) => [task.task!, task as TaskRecord])), definition: { steps } };
}

const plain = { task: 'plain' };

describe('a task stays on this machine', () => {
  it.each<[what: string, kept: boolean, task: { task: string; private?: boolean; parent?: string }, steps: unknown]>([
    ['nothing says so', false, plain, [{ id: 'plain' }]],
    ['it is private itself', true, { ...plain, private: true }, []],
    ['it joined the run for one that is', true, { task: 'own/1', parent: 'own' }, []],
    ['its step is private, whatever the task says', true, { ...plain, private: false }, [{ id: 'other' }, { id: 'plain', private: true }]],
    ['it belongs to a step that is private', true, { task: 'plain/2/inner' }, [{ id: 'plain', private: true }]],
    ['another step is private', false, plain, [{ id: 'plain-too', private: true }]],
    ['a journal from elsewhere holds something else than steps', false, plain, [null, 7, { private: true }]],
    ['it holds no list of them', false, plain, 'plain'],
  ])('or not, where %s', (_, kept, task, steps) => {
    expect(isKeptHere(runOf([task, { task: 'own', private: true }], steps), task)).toBe(kept);
  });

  it('is found out of the steps once for all tasks of a run', () => {
    let looks = 0;
    const step = {
      id: 'plain',
      get private() {
        looks += 1;
        return true;
      },
    };
    const run = runOf([plain], [step]);
    for (let task = 0; task < 100; task += 1) expect(isKeptHere(run, plain)).toBe(true);
    expect(looks).toBe(1);
  });
});
