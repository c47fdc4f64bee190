import type { EventData, EventType } from '../../../src/events/run-stream-events.ts';
import { runStreamEvents } from '../../../src/events/run-stream-events.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';

/** An event before it is numbered, with an envelope that does not matter. */
export function newEvent<Type extends EventType>(type: Type, data: EventData<Type>, time = 1_000): NewEvent {
  return { type, version: runStreamEvents[type].version, time, actor: 'test', correlation: 'r1', data } as NewEvent;
}

export function note(text: string, time?: number): NewEvent {
  return newEvent('message.sent', { from: 'dev_001', to: null, messageType: 'note', content: { text } }, time);
}

export function runStarted(run = 'r1'): NewEvent {
  return newEvent('run.started', {
    run,
    workflow: 'bug_fix',
    definition: { steps: [] },
    input: { requirement: 'Mend it.', files: [] },
    context: {},
    model: { name: 'tiny', address: 'http://127.0.0.1:8080/v1', engine: 'server' },
    transcript: { turns: 'linear', layout: 'transcript', reason: 'one task at a time' },
    maxParallel: 1,
    output: `output/generated/${run}`,
    productVersion: '0.1.0',
  });
}

export function taskAdded(task: string, number: number, dependencies: string[] = []): NewEvent {
  return newEvent('task.added', {
    task,
    kind: 'agent',
    role: 'developer',
    taskType: 'implementation',
    description: `Do ${task}`,
    expects: 'files',
    dependencies,
    priority: 0,
    number,
  });
}

export function activityStarted(activity: string, task: string, message = 'Do it.'): NewEvent {
  return newEvent('activity.started', { activity, task, kind: 'reply', message, turns: [], epoch: 0 });
}
