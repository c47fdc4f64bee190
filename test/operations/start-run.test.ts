import { expect, it } from 'vitest';
import { startRun } from '../../src/operations/start-run.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

it('answers at once with an id; events come while the run is under way, all of them, and the result when it has ended', async () => {
  const { orchestrator, events: heard } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  const { id, result, events } = startRun(orchestrator, { workflow: 'analysis', requirement: 'A todo list.' });
  const seen: string[] = [];
  let ended = false;
  void result.then(() => (ended = true));
  const endedBefore = new Map<string, boolean>();
  for await (const { type } of events()) {
    seen.push(type);
    endedBefore.set(type, ended);
  }
  expect(endedBefore.get('task.started')).toBe(false);
  expect(seen).toEqual(heard.map(({ type }) => type));
  expect(await result).toMatchObject({ workflow_id: id, status: 'completed' });
});

it('what keeps a run from beginning rejects the result and ends the events', async () => {
  const { orchestrator } = await teamOnFake();
  const { result, events } = startRun(orchestrator, { workflow: 'analysis', requirement: '  ' });
  await expect(result).rejects.toMatchObject({ code: 'requirement.empty' });
  for await (const event of events()) expect.unreachable(event.type);
});
