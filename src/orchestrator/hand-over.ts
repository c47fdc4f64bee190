import type { BaseAgent } from '../agents/base-agent.ts';
import type { MessageRecord, RunState, TaskRecord } from '../state/run/run-state.ts';
import { derivedFrom } from '../utils/derived-list.ts';
import type { MessageBus } from './message-bus.ts';
import { filesOfTask } from './results/task-result.ts';

export interface HandOverOptions {
  state: RunState;
  /** The task that was completed. */
  task: string;
  agentOf: (role: string) => BaseAgent;
  bus: MessageBus;
  now: number;
}

/**
 * Tells those who wait for a task what it delivered: names of files, never their contents, so that no transcript grows. Nobody is told twice.
 */
export async function handOver({ state, task, agentOf, bus, now }: HandOverOptions): Promise<void> {
  const record = state.tasks.get(task);
  if (record?.status !== 'completed' || record.role === '') return;
  const sender = agentOf(record.role);
  const files = filesOfTask(state, task).map(({ path }) => path);
  const dependents = (state.dependents.get(task) ?? [])
    .flatMap((name) => state.tasks.get(name) ?? [])
    .toSorted((a, b) => a.number - b.number);
  for (const next of dependents) {
    if (next.role === '' || isTold(state, record, next.task)) continue;
    await bus.send({
      fromAgent: sender.id,
      toAgent: agentOf(next.role).id,
      messageType: 'hand_over',
      content: { task, taskType: record.taskType, for: next.task, files },
      run: state.run,
      timestamp: now,
    });
  }
}

function isTold({ messages }: RunState, { task, completedAt = 0 }: TaskRecord, next: string): boolean {
  return (lastTold(messages, undefined).get(keyOf(task, next)) ?? -Infinity) >= completedAt;
}

/** When somebody was told last of what a task delivered. */
const lastTold = derivedFrom<MessageRecord, Map<string, number>>(
  () => new Map(),
  (told, { time, messageType, content }) => {
    if (messageType !== 'hand_over') return;
    const key = keyOf(content['task'], content['for']);
    told.set(key, Math.max(time, told.get(key) ?? -Infinity));
  },
);

function keyOf(task: unknown, next: unknown): string {
  return JSON.stringify([task, next]);
}
