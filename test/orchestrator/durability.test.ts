import { expect, it } from 'vitest';
import type { AppendOptions } from '../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

/** Writes down which events waited for the disk. */
class CountingStore extends MemoryEventStore {
  readonly waited: string[][] = [];

  override async append(options: AppendOptions) {
    if (options.durability === 'full') this.waited.push(options.events.map(({ type }) => type));
    return super.append(options);
  }
}

it('a step waits for the disk once beside its files: for the reply, from which everything else can be made again', async () => {
  const store = new CountingStore();
  const { engine } = await teamOnFake({ orchestrator: { store }, settings: { max_concurrent_agents: 1 } });
  const result = await engine.executeWorkflow('analysis', 'A todo list.');
  expect(result.status).toBe('completed');
  const [first, ...others] = store.waited;
  expect(first?.[0]).toBe('run.started');
  expect(others.pop()).toEqual(['run.finished']);
  expect(others).toEqual(Object.keys(result.tasks).map(() => ['reply.delta', 'call.ended', 'activity.completed']));
});
