import { processIdentity } from '../../src/utils/process-identity.ts';
import { runStreamEvents, type EventData, type EventType } from '../../src/events/run-stream-events.ts';
import type { EventStore, NewEvent } from '../../src/state/store/event-store.ts';

/** An event of a run as a writer makes it. */
export function runEvent<Type extends EventType>(run: string, type: Type, data: EventData<Type>, time = 1_700_000_000_000): NewEvent {
  return { type, data, time, version: runStreamEvents[type].version, actor: 'run', correlation: run } as unknown as NewEvent;
}

export function started(run: string, requirement = 'Build it.', time?: number): NewEvent {
  const data = {
    run,
    workflow: 'bug_fix',
    definition: { name: 'bug_fix', title: 'Bug fix', description: 'x', steps: [] },
    input: { requirement, files: [] },
    context: {},
    model: { name: 'm', address: 'http://127.0.0.1:1/v1', engine: 'server' as const },
    transcript: { turns: 'linear' as const, layout: 'transcript' as const, reason: 'r' },
    maxParallel: 1,
    output: 'output',
    productVersion: '0.1.0',
  };
  return runEvent(run, 'run.started', data, time);
}

export function added(run: string, task: string, number = 1): NewEvent {
  const data = {
    task,
    kind: 'agent',
    role: 'developer',
    taskType: task,
    description: 'd',
    expects: 'files' as const,
    dependencies: [],
    priority: 1,
    number,
  };
  return runEvent(run, 'task.added', data);
}

/** Writes a whole run at once. */
export async function writeRun(store: EventStore, run: string, events: NewEvent[]): Promise<void> {
  await store.append({ stream: `run:${run}`, expectedSequence: 0, events, durability: 'normal' });
}

/** This process works on the run. */
export async function own(store: EventStore, run: string, owner = processIdentity): Promise<void> {
  await store.acquireLease({ stream: `run:${run}`, owner, milliseconds: 3_600_000 });
}
