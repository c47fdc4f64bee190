import { describe, expect, test } from 'vitest';
import { NotUnderstood } from '../../../../../src/llm/providers/botserver/botserver-words.ts';
import { readClassified, readPlan, readStarted, ToldFailure } from '../../../../../src/llm/providers/botserver/autotask/read-beginnings.ts';
import { readProgress } from '../../../../../src/llm/providers/botserver/autotask/read-progress.ts';
import { readTask } from '../../../../../src/llm/providers/botserver/autotask/read-task.ts';

describe('what a botserver takes a request for', () => {
  test.each<[string, object, object]>([
    [
      "in the server's own shape",
      {
        success: true,
        intent_type: 'APP_CREATE',
        confidence: 0.9,
        suggested_name: 'todo',
        requires_clarification: false,
        result: { success: true },
      },
      { shape: 'plan', intent: 'APP_CREATE', question: undefined, task: undefined },
    ],
    ['with a task that it has begun', { success: true, intent_type: 'TODO', result: { task_id: 't1' } }, { shape: 'plan', task: 't1' }],
    [
      'with a question',
      { success: true, intent_type: 'UNKNOWN', requires_clarification: true, clarification_question: 'Which app?' },
      { shape: 'plan', question: 'Which app?' },
    ],
    [
      "in the document's shape",
      { intent_type: 'CODE_REVIEW', entities: { a: 1 }, original_text: 'Review.' },
      { shape: 'intent', intent: 'CODE_REVIEW', said: { intent_type: 'CODE_REVIEW', entities: { a: 1 }, original_text: 'Review.' } },
    ],
    [
      'with an id that could lead elsewhere, which is none',
      { success: true, result: { task_id: '../../admin' } },
      { shape: 'plan', task: undefined },
    ],
  ])('is read %s', (_, told, read) => {
    expect(readClassified(told)).toMatchObject(read);
  });

  test.each([[{}], [[]], [{ success: 'yes' }], [{ choices: [] }]])('%j is neither shape', (told) => {
    expect(() => readClassified(told)).toThrow(NotUnderstood);
  });

  test('a failure is told with its reason', () => {
    expect(() => readClassified({ success: false, error: 'too vague' })).toThrow(new ToldFailure('too vague'));
    expect(() => readClassified({ success: false })).toThrow(ToldFailure);
    expect(() => readPlan({ success: false, error: 'no capacity' })).toThrow(new ToldFailure('no capacity'));
    expect(() => readPlan({ success: true, plan_id: 'a/b' })).toThrow(NotUnderstood);
    expect(readPlan({ plan_id: 'plan-1' })).toBe('plan-1');
  });
});

describe('how a task begins', () => {
  test.each<[string, object, object]>([
    ["in the server's own shape", { success: true, task_id: 't-1', status: 'Running', error: null }, { id: 't-1' }],
    ['as it was created', { task_id: 17, status: 'Draft' }, { id: '17' }],
    [
      "in the document's shape, where it is done at once",
      {
        success: true,
        task_id: 't1',
        stages_completed: ['PLAN', 'BUILD'],
        app_url: 'http://there/app',
        message: 'Made.',
        created_resources: [{ resource_type: 'file', name: 'a.rs', path: 'src/a.rs' }],
      },
      { result: { text: 'Made.', address: 'http://there/app', created: [{ type: 'file', name: 'a.rs', path: 'src/a.rs' }] } },
    ],
    ['without an id', { success: true, message: 'Made.' }, { result: { text: 'Made.', created: [] } }],
    [
      'with resources of any shape',
      { success: true, output: 'x', created_resources: ['a.txt', { path: 'b.txt' }, 7, null, {}, { name: 3 }] },
      {
        result: {
          text: 'x',
          created: [
            { type: 'resource', name: 'a.txt' },
            { type: 'resource', name: 'b.txt', path: 'b.txt' },
          ],
        },
      },
    ],
  ])('is read %s', (_, told, read) => {
    expect(readStarted(told)).toEqual(read);
  });

  test.each([[{}], [{ success: true }], [{ success: true, task_id: '../x' }], [[]]])('%j is no beginning', (told) => {
    expect(() => readStarted(told)).toThrow(NotUnderstood);
  });

  test('of more things than anybody makes, the first are named', () => {
    const created_resources = Array.from({ length: 5000 }, (_, index) => ({ name: `f${index}` }));
    expect(readStarted({ success: true, message: 'x', created_resources })).toMatchObject({ result: { created: { length: 1000 } } });
  });
});

describe('how a task stands', () => {
  test.each(['Draft', 'Compiling', 'Simulating', 'Ready', 'Running', 'RollingBack', 'running', 'in_progress'])(
    '%s: it is at work',
    (status) => {
      expect(readTask({ id: 't', status })).toEqual({ state: 'at_work' });
    },
  );
  test.each(['PendingApproval', 'WaitingDecision', 'Paused', 'Blocked', 'pending_approval'])('%s: it waits for somebody', (status) => {
    expect(readTask({ task: { status } })).toEqual({ state: 'waits', for: status });
  });
  test.each(['Failed', 'Cancelled', 'RolledBack'])('%s: it has failed', (status) => {
    expect(readTask({ data: { status, error: 'disk full' } })).toEqual({ state: 'failed', why: 'disk full' });
    expect(readTask({ status })).toEqual({ state: 'failed', why: status });
  });
  test.each<[object, object]>([
    [
      { status: 'Completed', message: 'Made.' },
      { text: 'Made.', created: [] },
    ],
    [
      { status: 'Completed', output: 'Long.', message: 'Short.' },
      { text: 'Long.', created: [] },
    ],
    [
      {
        status: 'Completed',
        result: { message: 'Inner.', app_url: 'http://x', created_resources: [{ resource_type: 'table', name: 'users' }] },
      },
      { text: 'Inner.', address: 'http://x', created: [{ type: 'table', name: 'users' }] },
    ],
    [{ state: 'completed' }, { text: '', created: [] }],
  ])('%j: it is done', (told, result) => {
    expect(readTask(told)).toEqual({ state: 'completed', result });
  });
  test.each([[{}], [{ status: 'Levitating' }], [[]], [{ status: 7 }]])('%j says nothing', (told) => {
    expect(() => readTask(told)).toThrow(NotUnderstood);
  });
});

describe('what happens in a task', () => {
  const at = (event: object | string) =>
    readProgress(typeof event === 'string' ? event : JSON.stringify({ task_id: 't1', ...event }), 't1');

  test.each<[object, object]>([
    [{ type: 'pipeline_start', message: 'Begins' }, { message: 'Begins' }],
    [
      { type: 'step_progress', step: 'plan', message: 'Planning', current_step: 2, total_steps: 9 },
      { stage: 'PLAN', message: 'Planning', step: { now: 2, of: 9 } },
    ],
    [
      { type: 'agent_thought', details: 'mantis_2', text: 'I think.' },
      { agent: 'Mantis #2', message: 'I think.' },
    ],
    [
      { type: 'agent_update', agent_id: 12, status: 'working', detail: 'Scanning' },
      { agent: 'Mantis #12', message: 'Scanning' },
    ],
    [
      { type: 'agent_activity', activity: { phase: 'build', items_processed: 1, files_created: ['a', 'b'] } },
      { stage: 'BUILD', message: 'build (2 files so far)' },
    ],
    [
      { type: 'terminal_output', message: '[TEST] 3 passed' },
      { stage: 'TEST', message: '3 passed' },
    ],
    [{ type: 'step_progress', message: 'x', current_step: 10, total_steps: 9 }, { message: 'x' }],
    [{ type: 'step_progress', message: 'a'.repeat(10_000) }, { message: 'a'.repeat(500) }],
    [{ type: 'something_new' }, { message: 'something_new' }],
  ])('is told: %j', (event, progress) => {
    expect(at(event)).toEqual({ progress, ended: false });
  });

  test.each([{ type: 'connected', message: 'hello', filter: 't1' }, { type: 'manifest_update' }, { type: 'task_node' }])(
    '%j tells a person nothing',
    (event) => {
      expect(at(event)).toEqual({ ended: false });
    },
  );

  test('its end is heard', () => {
    expect(at({ type: 'pipeline_complete', message: 'Done' })).toEqual({ progress: { message: 'Done' }, ended: true });
  });

  test.each([
    ['another task', JSON.stringify({ type: 'pipeline_complete', task_id: 't2' })],
    ['no JSON', '<html>'],
    ['no event', '[]'],
    ['nothing', ''],
  ])('%s is passed over', (_, said) => {
    expect(at(said)).toBeUndefined();
  });
});
