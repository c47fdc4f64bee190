import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { refineRun, rerunFrom, resumeRun, retryRun } from '../../src/operations/follow-up.ts';
import { startRun } from '../../src/operations/start-run.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { analysis, teamWithSteps } from '../orchestrator/step-kinds/team-with-steps.ts';
import { instantClock } from '../support/instant-clock.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function endedRun(orchestrator: { stateFolder?: string } = {}) {
  const team = await teamOnFake({ settings: { max_concurrent_agents: 1 }, orchestrator });
  const { workflow_id: run } = await team.engine.executeWorkflow('analysis', 'A todo list.');
  return { ...team, run };
}

describe('following up a run', () => {
  it('begins at once, with an id and the events from now on', async () => {
    const { orchestrator, run, events: heard } = await endedRun();
    heard.length = 0;
    const { id, result, events } = await retryRun(orchestrator, run, { task: 'final_analysis' });
    expect(id).toBe(run);
    const seen: string[] = [];
    for await (const { type } of events()) seen.push(type);
    expect(seen[0]).toBe('run.resumed');
    expect(seen).toEqual(heard.map(({ type }) => type));
    expect(await result).toMatchObject({ workflow_id: run, status: 'completed' });
  });

  it('of a run that is built on, the new one has its id before it has begun', async () => {
    const { orchestrator, run } = await endedRun();
    const { id, result, events } = await rerunFrom(orchestrator, run, { from: 'final_analysis' });
    expect(id).not.toBe(run);
    for await (const { type } of events()) {
      expect(type).toBe('run.started');
      break;
    }
    expect(await result).toMatchObject({ workflow_id: id, status: 'completed' });
  });

  it('tells that it begins, and as which run, before anything happens', async () => {
    const { orchestrator, run, events } = await endedRun();
    events.length = 0;
    const told: [string, number][] = [];
    const beforeStart = (which: string) => Promise.resolve(void told.push([which, events.length]));
    await (
      await retryRun(orchestrator, run, { task: 'final_analysis', beforeStart })
    ).result;
    events.length = 0;
    await (
      await rerunFrom(orchestrator, run, { from: 'final_analysis', beforeStart })
    ).result;
    expect(told).toEqual([
      ['same', 0],
      ['new', 0],
    ]);
  });

  it.each<[string, string, (orchestrator: AgentOrchestrator, run: string) => Promise<unknown>]>([
    ['a run that is complete', 'run.complete', (orchestrator, run) => resumeRun(orchestrator, run)],
    ['nothing that failed', 'run.nothing_failed', (orchestrator, run) => retryRun(orchestrator, run)],
    ['an unknown task', 'run.unknown_task', (orchestrator, run) => rerunFrom(orchestrator, run, { from: 'nonsense' })],
    [
      'a role that nobody plays',
      'workflow.role_missing',
      (orchestrator, run) => refineRun(orchestrator, run, { request: 'x', role: 'poet' }),
    ],
    ['an unknown run', 'run.not_found', (orchestrator) => resumeRun(orchestrator, '20260101-000000000-aaaa')],
  ])('is refused for %s without a model server being asked, and without a beginning', async (_, code, followUp) => {
    const { orchestrator, run, server, events } = await endedRun();
    await server.close();
    events.length = 0;
    await expect(followUp(orchestrator, run)).rejects.toMatchObject({ code });
    expect(events).toEqual([]);
  });

  it('is refused while the same program works on the run', async () => {
    const { orchestrator } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    const { id, result, events } = startRun(orchestrator, { workflow: 'analysis', requirement: 'A todo list.' });
    for await (const { type } of events()) if (type === 'activity.started') break;
    await expect(resumeRun(orchestrator, id)).rejects.toMatchObject({ code: 'lease.held' });
    expect((await result).status).toBe('completed');
  });

  it('is done with the kinds of steps of the orchestrator that is asked, and refused by one that has them not', async () => {
    const steps = [{ id: 'count', kind: 'count', description: 'Count.', to: 3 }, analysis('after', ['count'])];
    const kind = {
      name: 'count',
      options: z.object({ to: z.number() }),
      needs: () => ({ model: false as const }),
      execute: ({ options: { to } }: { options: { to: number } }) => Promise.resolve({ status: 'completed' as const, outputs: { to } }),
    };
    const { orchestrator, engine, workspace, server } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    orchestrator.registerStepKind(kind);
    engine.registerWorkflow({ name: 'house', title: 'house', description: 'house', steps });
    const { workflow_id: run } = await engine.executeWorkflow('house', 'Build it.');
    expect((await (await rerunFrom(orchestrator, run, { from: 'after' })).result).status).toBe('completed');

    const config = { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address };
    const other = new AgentOrchestrator({ workspace, config, clock: instantClock() });
    onTestFinished(() => other.close());
    await expect(rerunFrom(other, run, { from: 'after' })).rejects.toMatchObject({ code: 'step.unknown_kind' });
  });

  it('of a run that was not begun here has to be said, and is kept then', async () => {
    const { run, workspace, server } = await endedRun({ stateFolder: temporaryFolder() });
    const config = { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address, max_concurrent_agents: 1 };
    const mine = new AgentOrchestrator({ workspace, config, clock: instantClock(), stateFolder: temporaryFolder() });
    onTestFinished(() => mine.close());
    const again = (trust?: boolean) => rerunFrom(mine, run, { from: 'final_analysis', trust });
    await expect(again()).rejects.toMatchObject({ code: 'run.foreign' });
    expect((await (await again(true)).result).status).toBe('completed');
    expect((await (await again()).result).status).toBe('completed');
  });

  it('a step that waits is waited for only where that is asked', async () => {
    const pause = { id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go' };
    const { run, orchestrator, waiting } = await teamWithSteps([pause]);
    const { workflow_id: id } = await run(undefined, 'rest');
    expect(await (await resumeRun(orchestrator, id)).result).toMatchObject({ status: 'waiting' });
    const stays = await resumeRun(orchestrator, id, { whileWaiting: 'stay' });
    await waiting('pause');
    await orchestrator.signalRun(id, 'go');
    expect(await stays.result).toMatchObject({ status: 'completed' });
  });
});
