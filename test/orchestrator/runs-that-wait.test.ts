import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { cancelRun } from '../../src/operations/cancel-run.ts';
import { standingRun } from '../../src/operations/show-run.ts';
import { startRun } from '../../src/operations/start-run.ts';
import type { Signal } from '../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import type { Clock } from '../../src/utils/clock.ts';
import { instantClock } from '../support/instant-clock.ts';
import { eventsOfType } from '../support/team-on-fake.ts';
import { analysis, definitionOf, teamWithSteps } from './step-kinds/team-with-steps.ts';

const pause = (options: object, id = 'pause') => ({ id, kind: 'wait', description: 'Wait.', ...options });
const day = 86_400;

/** On it a long wait does not end. @param milliseconds How much later it is than now. */
function standingClock(milliseconds = 0): Clock {
  const clock = instantClock();
  return {
    now: () => clock.now() + milliseconds,
    sleep: (duration, signal) => clock.sleep(duration > 60_000 ? 2 ** 31 : duration, signal),
  };
}

/** Tells of signals only once it was asked a second time which is the last one. The first time is when the run is taken. */
class LateStore extends MemoryEventStore {
  #asked = 0;
  #tell = Promise.withResolvers<void>();

  override lastSignal(stream: string): Promise<number> {
    this.#asked += 1;
    if (this.#asked === 2) this.#tell.resolve();
    return super.lastSignal(stream);
  }

  override async *subscribeSignals(...args: Parameters<MemoryEventStore['subscribeSignals']>): AsyncGenerator<Signal, void, undefined> {
    const [, { signal }] = args;
    signal.addEventListener('abort', () => this.#tell.resolve());
    for await (const sent of super.subscribeSignals(...args)) {
      await this.#tell.promise;
      yield sent;
    }
  }
}

const team = (steps: Parameters<typeof teamWithSteps>[0]) => teamWithSteps(steps, { orchestrator: { clock: standingClock() } });

/** A team in a process of its own that has come to the workspace later. */
function later(workspace: string, address: string, milliseconds = 0): AgentOrchestrator {
  const orchestrator = new AgentOrchestrator({
    workspace,
    clock: standingClock(milliseconds),
    config: { workspace, output_directory: `${workspace}/output`, llm_base_url: address, max_concurrent_agents: 1 },
  });
  onTestFinished(() => orchestrator.close());
  return orchestrator;
}

describe('a run of which everything that is left waits', () => {
  it('is let go: no process holds it, and its result says what it waits for', async () => {
    const steps = [
      analysis('before'),
      pause({ seconds: day, depends_on: ['before'] }),
      analysis('after', ['pause'], 'requirements_gathering'),
    ];
    const { run, orchestrator, events } = await team(steps);
    const result = await run(undefined, 'rest');
    expect(result).toMatchObject({ status: 'waiting', workflow_completed: false, completed_at: null, waits_for: { signals: [] } });
    expect(Date.parse(result.waits_for?.until ?? '')).toBeGreaterThan(Date.now() + (day - 60) * 1000);
    const standing = await standingRun(orchestrator, result.workflow_id);
    expect(standing).toMatchObject({ status: 'waiting', owner: undefined });
    expect(await orchestrator.store.readLease(`run:${result.workflow_id}`)).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ type: 'run.waiting', data: { signals: [], tasks: { completed: 1, total: 3 } } });
  });

  it('would only rest again before its time: that is said without a model server', async () => {
    const { run, workspace, server } = await team([pause({ seconds: day })]);
    const { workflow_id: id } = await run(undefined, 'rest');
    await server.close();
    expect(await later(workspace, server.address, (day * 1000) / 2).resumeRun(id)).toMatchObject({ status: 'waiting' });
  });

  it('goes on in another process when its time has come', async () => {
    const { run, workspace, server, events } = await team([pause({ seconds: day }), analysis('after', ['pause'])]);
    const { workflow_id: id } = await run(undefined, 'rest');
    const second = later(workspace, server.address, day * 1000);
    expect(await second.resumeRun(id)).toMatchObject({ status: 'completed', waits_for: null });
    const { tasks } = await second.loadRun(id);
    expect(tasks.get('pause')).toMatchObject({ attempts: 1, outputs: { woken_by: 'time' } });
    expect(eventsOfType(events, 'task.started').filter(({ data }) => data.task === 'after')).toEqual([]);
  });

  it('goes on with the signal that was sent while nobody worked on it, rests at the next one, and takes each signal once', async () => {
    const steps = [pause({ signal: 'first' }), pause({ signal: 'second', depends_on: ['pause'] }, 'again')];
    const { run, workspace, server, orchestrator } = await team(steps);
    const { workflow_id: id } = await run(undefined, 'rest');
    await orchestrator.signalRun(id, 'first');
    const second = later(workspace, server.address);
    expect(await second.resumeRun(id)).toMatchObject({ status: 'waiting', waits_for: { until: null, signals: ['second'] } });
    expect(await later(workspace, server.address).resumeRun(id)).toMatchObject({ status: 'waiting' });
    await second.signalRun(id, 'second');
    expect((await later(workspace, server.address).resumeRun(id)).status).toBe('completed');
  });

  it('never rests with its signal in hand, however late that is told', async () => {
    const { engine, orchestrator } = await teamWithSteps([analysis('before'), pause({ signal: 'go', depends_on: ['before'] })], {
      orchestrator: { clock: standingClock(), store: new LateStore() },
    });
    const { id, result, events } = startRun(orchestrator, engine.createWorkflow('house', 'Build it.'));
    const seen: string[] = [];
    for await (const { type } of events()) {
      seen.push(type);
      if (type === 'activity.started') await orchestrator.signalRun(id, 'go');
    }
    expect((await result).status).toBe('completed');
    expect(seen).not.toContain('run.waiting');
  });

  it('is cancelled as it rests, and counts as ended then', async () => {
    const { run, orchestrator } = await team([pause({ signal: 'go' })]);
    const { workflow_id: id } = await run(undefined, 'rest');
    expect(await cancelRun(orchestrator, id)).toEqual({ kind: 'cancelled' });
    const state = await orchestrator.loadRun(id);
    expect([state.status, state.waiting]).toEqual(['cancelled', undefined]);
  });

  it('of a cancelled run that one task of is done again, it ends as cancelled when that has ended', async () => {
    const { run, orchestrator } = await team([pause({ signal: 'go' }), pause({ signal: 'never' }, 'other')]);
    const { workflow_id: id } = await run(undefined, 'rest');
    await cancelRun(orchestrator, id);
    await orchestrator.signalRun(id, 'go');
    const { status, tasks } = await orchestrator.retryRun(id, { task: 'pause' });
    expect([status, tasks['pause']?.status, tasks['other']?.status]).toEqual(['cancelled', 'completed', 'cancelled']);
  });

  it('stays with its process where the wait is short, and where the journal ends with the process', async () => {
    const short = await teamWithSteps([pause({ seconds: 30 })]);
    expect((await short.run(undefined, 'rest')).status).toBe('completed');
    const { engine } = await teamWithSteps([pause({ seconds: day })], { settings: { enable_task_persistence: false } });
    expect((await engine.executeWorkflow('house', 'Build it.')).status).toBe('completed');
  });

  it('waits in a nested workflow as well', async () => {
    const { engine, run } = await teamWithSteps([
      { id: 'inner', kind: 'workflow', description: 'Do it.', workflow: 'inside' },
      analysis('after', ['inner']),
    ]);
    engine.registerWorkflow(definitionOf('inside', [pause({ signal: 'go' })]));
    expect(await run(undefined, 'rest')).toMatchObject({ status: 'waiting', waits_for: { signals: ['go'] } });
  });
});
