import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { systemClock } from '../../../src/utils/clock.ts';
import { workspacePlaces } from '../../../src/utils/workspace-places.ts';
import { pricedTeam } from '../cost/priced-team.ts';

describe('what is known of a run before it begins', () => {
  it('is nothing where none has been before, and no journal is created to find that out', async () => {
    const { engine, orchestrator, workspace, server } = await teamOnFake();
    const run = engine.createWorkflow('quick_answer', 'What is a queue?');
    expect(await orchestrator.foreseeRun(run)).toEqual({ time: undefined, cost: undefined });
    expect(existsSync(workspacePlaces(workspace).journal)).toBe(false);
    expect(server.requests).toEqual([]);
  });

  it('is the time by earlier runs of the same workflow', async () => {
    const { engine, orchestrator, events } = await teamOnFake({ orchestrator: { clock: systemClock } });
    for (const _ of [1, 2]) await engine.executeWorkflow('quick_answer', 'What is a queue?');
    const foreseen = await orchestrator.foreseeRun(engine.createWorkflow('quick_answer', 'What is a list?'));
    const begun = eventsOfType(events, 'task.started').map(({ time }) => time);
    const ended = eventsOfType(events, 'task.completed').map(({ time }) => time);
    const times = begun.map((time, index) => (ended[index] ?? NaN) - time);
    expect(times).toHaveLength(2);
    expect(foreseen.time).toEqual({ milliseconds: ((times[0] ?? NaN) + (times[1] ?? NaN)) / 2, runs: 2 });
    const other = await orchestrator.foreseeRun(engine.createWorkflow('bug_fix', 'Fix the queue.'));
    expect(other.time).toBeUndefined();
  });

  it('is about what the run then says that it costs, and nobody who is paid is sent anything for it', async () => {
    const { engine, orchestrator, events, work } = await pricedTeam({ settings: { llm_max_tokens: 500 } });
    const { cost } = await orchestrator.foreseeRun(engine.createWorkflow('bug_fix', 'Fix the queue.'));
    expect(work.requests).toEqual([]);
    expect(work.calls.map(({ path }) => path).filter((path) => /token|chat|messages/.test(path))).toEqual([]);
    await engine.executeWorkflow('bug_fix', 'Fix the queue.');
    const said = eventsOfType(events, 'run.estimated')[0]?.data;
    expect(said?.least).toBeGreaterThan(0);
    expect(cost).toMatchObject({ least: said?.least, steps: said?.steps, runs: 0, unpriced: [] });
    expect(cost?.most).toBeGreaterThan((said?.most ?? NaN) / 2);
    expect(cost?.most).toBeLessThan((said?.most ?? NaN) * 2);
  });
});
