import { describe, expect, it } from 'vitest';
import { expandTask, mostTasks, taskAdded } from '../../../src/orchestrator/scheduling/expand-task.ts';
import type { StepNeeds } from '../../../src/orchestrator/step-kind.ts';
import type { WorkflowStep } from '../../../src/workflows/workflow-schema.ts';
import { taskAdded as added } from '../../state/store/sample-events.ts';
import { after } from '../../state/run/folded.ts';

const asks: StepNeeds = { model: true, role: 'qa_engineer', expects: 'files' };
const asksNone: StepNeeds = { model: false };
const step = (id: string, more: object = {}) =>
  ({
    id,
    kind: 'agent',
    description: 'd',
    depends_on: [],
    priority: 3,
    role: 'developer',
    task_type: 'testing',
    expects: 'text',
    ...more,
  }) as unknown as WorkflowStep;

describe('a step that joins a run', () => {
  it('is a task as its kind needs it: the role and what is expected are those that the kind names', () => {
    expect(taskAdded(step('a', { depends_on: ['b'] }), 7, asks)).toStrictEqual({
      type: 'task.added',
      data: {
        task: 'a',
        kind: 'agent',
        role: 'qa_engineer',
        taskType: 'testing',
        description: 'd',
        expects: 'files',
        dependencies: ['b'],
        priority: 3,
        number: 7,
      },
    });
  });

  it('takes the model, the check and the schema of the reply with it', () => {
    const schema = { type: 'object' };
    const { data } = taskAdded(step('a', { model: 'coder', verify: 'off', expects: { json: schema } }), 1, asks);
    expect(data).toMatchObject({ model: 'coder', verify: 'off', schema });
  });

  it('takes with it what its step says of retries, time, outputs, privacy, context and how its agent is asked', () => {
    const told = { retries: 0, context: 'files' as const, instructions: 'Briefly.', sampling: { temperature: 0 } };
    const { data } = taskAdded(step('a', { ...told, timeout: '2m', outputs: { sum: '1 + 1' }, private: true }), 1, asks);
    expect(data).toMatchObject({ ...told, timeoutSeconds: 120, namedOutputs: { sum: '1 + 1' }, private: true });
    const silent = taskAdded(step('a', { context: 'all', private: false }), 1, asks).data;
    for (const name of ['retries', 'context', 'instructions', 'sampling', 'timeoutSeconds', 'namedOutputs', 'private'])
      expect(silent).not.toHaveProperty(name);
  });

  it('takes its condition with it', () => {
    expect(taskAdded(step('a', { when: 'inputs.big' }), 1, asks).data.when).toBe('inputs.big');
    expect(taskAdded(step('a'), 1, asks).data).not.toHaveProperty('when');
  });

  it('of another kind takes its options whole, and has its kind for its type where it names none', () => {
    const wait = step('a', { kind: 'wait', task_type: undefined, until: '5m', model: 'coder', verify: 'off', expects: { json: {} } });
    const { data } = taskAdded(wait, 1, asksNone);
    expect(data).toMatchObject({ kind: 'wait', taskType: 'wait', role: '', expects: 'text', place: 'none' });
    expect(data.options).toMatchObject({ until: '5m', model: 'coder' });
    for (const name of ['model', 'verify', 'schema']) expect(data).not.toHaveProperty(name);
  });

  it('of another kind that asks a model names that model', () => {
    const { data } = taskAdded(step('a', { kind: 'repair', model: 'coder' }), 1, asks);
    expect(data).toMatchObject({ model: 'coder', options: { model: 'coder' } });
    expect(data).not.toHaveProperty('place');
  });
});

describe('a task that lets steps join the run', () => {
  const parent = after(added('before', 1), added('loop', 4, ['before'])).tasks.get('loop')!;
  const steps = [step('1/write'), step('1/judge', { depends_on: ['1/write'] })];
  const expand = (turn?: Parameters<typeof expandTask>[1]['turn'], there: string[] = []) =>
    expandTask(
      parent,
      { steps, turn },
      { needsOf: ({ id }) => (id === '1/judge' ? asksNone : asks), known: new Map(there.map((task) => [task, { parent: 'loop' }])) },
    );

  /** A run in which one of the two is there already. */
  const knowing = (parentOfIt: string | undefined) => ({
    has: (task: string) => task === 'loop/1/write',
    get: (task: string) => (task === 'loop/1/write' ? { parent: parentOfIt } : undefined),
  });

  it('has them at its own place, behind what it rests on itself, and waits for all of them', () => {
    const [write, judge, waits, ...others] = expand();
    expect(write?.data).toMatchObject({ task: 'loop/1/write', parent: 'loop', number: 4, dependencies: ['before'], role: 'qa_engineer' });
    expect(judge?.data).toMatchObject({
      task: 'loop/1/judge',
      parent: 'loop',
      number: 4,
      dependencies: ['before', 'loop/1/write'],
      role: '',
    });
    expect([write?.type, judge?.type]).toEqual(['task.added', 'task.added']);
    expect(waits).toStrictEqual({
      type: 'task.waiting',
      data: { task: 'loop', reason: 'tasks', tasks: ['loop/1/write', 'loop/1/judge'] },
    });
    expect(others).toEqual([]);
  });

  it('adds none twice, and waits for those that are there as well', () => {
    expect(expand(undefined, ['loop/1/write']).map(({ data }) => data)).toMatchObject([
      { task: 'loop/1/judge' },
      { task: 'loop', tasks: ['loop/1/write', 'loop/1/judge'] },
    ]);
  });

  it('tells each its own names, and none where it has none', () => {
    const names = { '1/judge': { index: 2 } };
    const [write, judge] = expandTask(parent, { steps, names }, { needsOf: () => asks, known: new Map() });
    expect(judge?.data).toMatchObject({ names: { index: 2 } });
    expect(write?.data).not.toHaveProperty('names');
  });

  it('notes what it wants to know again, and whether the first of them wakes it', () => {
    const [waits] = expandTask(parent, { steps: [], wakes: 'first', memory: [1, 2] }, { needsOf: () => asks, known: new Map() });
    expect(waits?.data).toStrictEqual({ task: 'loop', reason: 'tasks', tasks: [], wakes: 'first', memory: [1, 2] });
  });

  it('keeps what it has said so far', () => {
    const turn = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hm.' }] }];
    expect(expand(turn).at(-1)?.data).toMatchObject({ turn });
  });

  it.each([undefined, 'other'])('fails where one of them is said to have joined for another task (%j), and adds none', (parentOfIt) => {
    const known = { ...knowing(parentOfIt), size: 3 };
    expect(expandTask(parent, { steps }, { needsOf: () => asks, known })).toMatchObject([
      { type: 'task.failed', data: { task: 'loop', error: { code: 'run.contradictory' } } },
    ]);
  });

  it('fails where the run would have more tasks than a run may have, counting those of all others, and adds none', () => {
    const room = (there: number) => ({ needsOf: () => asks, known: { ...knowing('loop'), size: there } });
    expect(expandTask(parent, { steps }, room(mostTasks - 1)).map(({ type }) => type)).toEqual(['task.added', 'task.waiting']);
    expect(expandTask(parent, { steps }, room(mostTasks))).toMatchObject([
      {
        type: 'task.failed',
        data: {
          task: 'loop',
          error: {
            code: 'run.too_many_tasks',
            message: 'The run has 10000 tasks, and this step would add 1; a run may have 10000.',
          },
        },
      },
    ]);
  });
});
