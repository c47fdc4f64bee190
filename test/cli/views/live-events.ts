import type { EventData, EventOf, EventType, JournalEvent } from '../../../src/events/run-stream-events.ts';

/** An event as the journal would hand it on; `time` in milliseconds. */
export function liveEvent<Type extends EventType>(type: Type, time: number, data: EventData<Type>): JournalEvent {
  const event = { stream: 'run:r', sequence: 1, position: 1, time, type, version: 1, actor: 'run', correlation: 'r', data };
  return event as unknown as EventOf<Type> as unknown as JournalEvent;
}

export const started = liveEvent('run.started', 0, {
  run: '20260102-030405678-abcd',
  workflow: 'bug_fix',
  definition: {},
  input: { requirement: 'x', files: [] },
  context: {},
  model: { name: 'small.gguf', address: 'http://127.0.0.1:8080/v1', engine: 'server', contextTokens: 8192 },
  transcript: { turns: 'linear', layout: 'transcript', reason: 'one at a time' },
  maxParallel: 1,
  output: 'output',
  productVersion: '0.0.0',
});

export function added(task: string, number: number, role: string): JournalEvent {
  return liveEvent('task.added', 0, {
    task,
    kind: 'agent',
    role,
    taskType: task,
    description: task,
    expects: 'files',
    dependencies: [],
    priority: 1,
    number,
  });
}

export function written(task: string, path: string, time = 0): JournalEvent {
  return liveEvent('artifact.written', time, { task, path, bytes: 120, sha256: '', outcome: 'created', format: 'x', range: [0, 1] });
}

/** One step done, one writing, one waiting for its next attempt, one failed, one skipped, one still to come. */
export const manyStates: JournalEvent[] = [
  started,
  added('bug_analysis', 1, 'qa_engineer'),
  added('bug_fix', 2, 'developer'),
  added('regression_testing', 3, 'qa_engineer'),
  added('release_notes', 4, 'technical_writer'),
  added('announcement', 5, 'technical_writer'),
  added('review', 6, 'lead_reviewer'),
  liveEvent('task.started', 1000, { task: 'bug_analysis', attempt: 1, agent: 'qa_001' }),
  liveEvent('call.ended', 5000, {
    activity: 'bug_analysis/1',
    call: 1,
    finishReason: 'stop',
    usage: { replyTokens: 200, replyMilliseconds: 4000, readTokens: 300, cachedTokens: 20 },
  }),
  written('bug_analysis', '01-bug_analysis.md', 5000),
  liveEvent('task.completed', 5200, { task: 'bug_analysis' }),
  liveEvent('task.started', 5200, { task: 'bug_fix', attempt: 2, agent: 'dev_001' }),
  liveEvent('reply.delta', 9000, { activity: 'bug_fix/1', text: 'x', tokens: 90, milliseconds: 3000 }),
  liveEvent('task.started', 5200, { task: 'regression_testing', attempt: 1, agent: 'qa_001' }),
  liveEvent('task.waiting', 6000, {
    task: 'regression_testing',
    reason: 'retry',
    until: 10_000,
    error: { code: 'model.gone', message: 'The connection to the model server broke.' },
  }),
  liveEvent('task.failed', 7000, {
    task: 'release_notes',
    error: { code: 'reply.useless', message: 'The model gave no file \x1b[2J.', hint: 'Use a model made for code.' },
  }),
  liveEvent('task.skipped', 7000, { task: 'announcement', reason: 'dependency_failed', because: 'release_notes' }),
  liveEvent('transcript.cut', 8000, {
    epoch: 1,
    reason: 'The context is full.',
    cuts: [{ task: 'bug_analysis', digest: '', charactersBefore: 10, charactersAfter: 1 }],
  }),
];
