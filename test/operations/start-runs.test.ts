import { describe, expect, it } from 'vitest';
import { startRuns } from '../../src/operations/start-runs.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const asked = ['A todo list.', 'A guest book.', 'A calendar.'].map((requirement) => ({ workflow: 'analysis', requirement }));

describe('several runs', () => {
  it('are at work together where each has a slot, with an equal part of what the slots hold; the others follow', async () => {
    const replies = replyAsTeam();
    const both = Promise.withResolvers<void>();
    let begun = 0;
    const { orchestrator, events, server } = await teamOnFake({
      settings: { max_concurrent_agents: 2 },
      server: {
        slots: 2,
        // The server reports 20,000 for each slot, and does not say whether the slots share them.
        contextTokens: 40_000,
        // Nobody is answered before two runs have asked.
        reply: async (request) => {
          if ((begun += 1) === 2) both.resolve();
          await both.promise;
          return replies(request);
        },
      },
    });
    const { runs, atOnce } = await startRuns(orchestrator, asked);
    expect(atOnce).toBe(2);
    const results = await Promise.all(runs.map(({ result }) => result));
    expect(results.map(({ status, workflow_id: id }) => [status, id])).toEqual(runs.map(({ id }) => ['completed', id]));
    const started = eventsOfType(events, 'run.started');
    expect(started.map(({ data }) => [data.maxParallel, data.model.slots, data.model.contextTokens])).toEqual([
      [1, 1, 10_000],
      [1, 1, 10_000],
      [1, 1, 10_000],
    ]);
    // The third begins when one of the first two has ended.
    const order = events.flatMap(({ type }) => (type === 'run.started' || type === 'run.finished' ? [type] : []));
    expect(order.slice(0, 3)).toEqual(['run.started', 'run.started', 'run.finished']);
    expect(server.requests).toHaveLength(12);
  });

  it('go one after the other where the server answers one request at a time, so that nothing is read twice', async () => {
    const { orchestrator, events, server } = await teamOnFake({ server: { slots: 1 } });
    const { runs, atOnce } = await startRuns(orchestrator, asked.slice(0, 2));
    await Promise.all(runs.map(({ result }) => result));
    expect(atOnce).toBe(1);
    expect(events.flatMap(({ type }) => (type === 'run.started' || type === 'run.finished' ? [type] : []))).toEqual([
      'run.started',
      'run.finished',
      'run.started',
      'run.finished',
    ]);
    const { readTokens, newTokens } = server.accounting().totals;
    expect(readTokens / newTokens).toBeLessThanOrEqual(1.02);
  });

  it('do not keep each other from running: one that cannot start rejects, the others complete', async () => {
    const { orchestrator } = await teamOnFake();
    const { runs } = await startRuns(orchestrator, [{ workflow: 'analysis', requirement: ' ' }, asked[0]!]);
    await expect(runs[0]?.result).rejects.toMatchObject({ code: 'requirement.empty' });
    await expect(runs[1]?.result).resolves.toMatchObject({ status: 'completed' });
  });

  it('are all stopped together; those that have not begun never do', async () => {
    const stop = new AbortController();
    const { orchestrator, server } = await teamOnFake({
      server: {
        slots: 1,
        reply: () => {
          stop.abort(new Error('enough'));
          return 'Never read.';
        },
      },
    });
    const { runs } = await startRuns(orchestrator, asked, { signal: stop.signal });
    const settled = await Promise.allSettled(runs.map(({ result }) => result));
    expect(settled.map((each) => (each.status === 'fulfilled' ? each.value.status : String(each.reason)))).toEqual([
      'interrupted',
      'Error: enough',
      'Error: enough',
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('of a workflow that there is not are refused before any begins', async () => {
    const { orchestrator, server } = await teamOnFake();
    await expect(startRuns(orchestrator, [asked[0]!, { workflow: 'nonsense' }])).rejects.toMatchObject({ code: 'workflow.unknown' });
    expect(server.requests).toHaveLength(0);
  });
});
