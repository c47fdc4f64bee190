import { expect, it } from 'vitest';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

/** A run that stands in a journal with an event of a type that this program does not know at its end. */
async function runWith(type: string) {
  const store = new MemoryEventStore();
  const team = await teamOnFake({ orchestrator: { store }, settings: { max_concurrent_agents: 1 } });
  const { workflow_id: run } = await team.engine.executeWorkflow('bug_fix', 'A total is wrong.');
  const stream = `run:${run}`;
  const sequence = (await store.list({ prefix: stream }))[0]!.sequence;
  const unknown = {
    type: 'event.unknown',
    version: 2,
    time: 1,
    actor: 'run',
    correlation: run,
    data: { type, data: { a: 1 } },
  } as NewEvent;
  await store.append({ stream, expectedSequence: sequence, events: [unknown], durability: 'normal' });
  return { ...team, run, sequence: sequence + 1 };
}

it('a run that a newer program went on with can be looked at, and nobody goes on with it or builds on it', async () => {
  const { orchestrator, run, sequence } = await runWith('task.expanded');
  const state = await orchestrator.loadRun(run);
  expect(state.status).toBe('completed');
  expect(state.unknownEvents).toEqual([{ type: 'task.expanded', version: 2, sequence }]);
  const refused = { code: 'journal.newer_event', message: expect.stringContaining('"task.expanded" in version 2') };
  await expect(orchestrator.retryRun(run, { task: 'bug_fix' })).rejects.toMatchObject(refused);
  await expect(orchestrator.refineRun(run, { request: 'Add a comment.' })).rejects.toMatchObject(refused);
});

it('events of a program with types of its own do no harm', async () => {
  const { orchestrator, run } = await runWith('acme:review.requested');
  expect(await orchestrator.retryRun(run, { task: 'release_notes' })).toMatchObject({ status: 'completed' });
});
