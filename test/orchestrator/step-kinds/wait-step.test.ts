import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { type Clock, longestTimer } from '../../../src/utils/clock.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { analysis, definitionOf, teamWithSteps } from './team-with-steps.ts';

const pause = (options: object) => ({ id: 'pause', kind: 'wait', description: 'Wait.', ...options });

describe('a step that waits', () => {
  it('goes on when its time has come, as long as that takes', async () => {
    const clock = instantClock();
    const { run, events } = await teamWithSteps([pause({ seconds: 3600 }), analysis('after', ['pause'])], { orchestrator: { clock } });
    const result = await run();
    expect(result.status).toBe('completed');
    expect(clock.slept.some((milliseconds) => milliseconds > 3_500_000)).toBe(true);
    expect(eventsOfType(events, 'task.woken').map(({ data }) => data)).toEqual([{ task: 'pause', by: 'time' }]);
    expect(eventsOfType(events, 'task.started').map(({ data }) => [data.task, data.attempt, data.agent])).toEqual([
      ['pause', 1, 'wait'],
      ['pause', 1, 'wait'],
      ['after', 1, 'ba_001'],
    ]);
  });

  it('waits longer than a timer of the system can, in pieces', async () => {
    const slept: number[] = [];
    let skipped = 0;
    const clock: Clock = {
      now: () => Date.now() + skipped,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        skipped += milliseconds;
        await new Promise((resolve) => void setImmediate(resolve));
      },
    };
    const seconds = 40 * 86_400;
    const { run } = await teamWithSteps([pause({ seconds })], { orchestrator: { clock } });
    expect((await run()).status).toBe('completed');
    expect(slept.filter((milliseconds) => milliseconds > 10_000).every((milliseconds) => milliseconds <= longestTimer)).toBe(true);
    expect(skipped).toBeGreaterThan((seconds - 60) * 1000);
  });

  it('takes the place of nobody meanwhile, and is woken by its signal, with what that carries', async () => {
    const { run, waiting, orchestrator, events } = await teamWithSteps([pause({ signal: 'approved' }), analysis('beside')]);
    const running = run();
    const id = await waiting('pause');
    await orchestrator.signalRun(id, 'something else');
    await orchestrator.signalRun(id, 'approved', { by: 'ann' });
    expect((await running).status).toBe('completed');
    const { tasks } = await orchestrator.loadRun(id);
    expect(tasks.get('pause')?.outputs).toEqual({ woken_by: 'signal', data: { name: 'approved', by: 'ann' } });
    expect(eventsOfType(events, 'task.woken')).toHaveLength(1);
  });

  it('is woken by a signal that came before it waited, and each signal wakes one', async () => {
    const steps = [pause({ signal: 'go' }), { ...pause({ signal: 'go' }), id: 'again', depends_on: ['pause'] }];
    const { run, waiting, orchestrator, events } = await teamWithSteps(steps);
    const running = run();
    const id = await waiting('pause');
    await orchestrator.signalRun(id, 'go', { number: 1 });
    await orchestrator.signalRun(id, 'go', { number: 2 });
    expect((await running).status).toBe('completed');
    expect(eventsOfType(events, 'task.woken').map(({ data }) => [data.task, data.signal?.data['number']])).toEqual([
      ['pause', 1],
      ['again', 2],
    ]);
  });

  it('goes on waiting after a restart as if nothing had been, and hears what was sent meanwhile', async () => {
    const stop = new AbortController();
    const steps = [pause({ signal: 'go', seconds: 86_400 }), analysis('after', ['pause'])];
    const clock = { ...instantClock(), now: () => Date.now() };
    const { run, waiting, orchestrator, workspace, server } = await teamWithSteps(steps, {
      orchestrator: { clock: { ...clock, sleep: (_, signal) => clock.sleep(2 ** 31, signal) } },
    });
    const running = run(stop.signal);
    const id = await waiting('pause');
    stop.abort(new Error('stopped'));
    expect((await running).status).toBe('interrupted');
    const before = (await orchestrator.loadRun(id)).tasks.get('pause')?.waiting;
    expect(before?.until).toBeGreaterThan(Date.now() + 80_000_000);

    const second = new AgentOrchestrator({
      workspace,
      config: { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address },
    });
    onTestFinished(() => second.close());
    second.workflows.register(definitionOf('house', steps));
    await second.signalRun(id, 'go');
    expect((await second.resumeRun(id)).status).toBe('completed');
    const { tasks } = await second.loadRun(id);
    expect(tasks.get('pause')).toMatchObject({ status: 'completed', attempts: 1, outputs: { woken_by: 'signal' } });
  });

  it.each([
    [{}, 'expected seconds, until or signal'],
    [{ seconds: 5, until: '2027-01-31T08:00:00Z' }, 'expected either seconds or until'],
    [{ seconds: -5 }, 'steps[0].seconds'],
    [{ until: 'tomorrow' }, 'steps[0].until'],
    [{ second: 5 }, 'did you mean seconds?'],
    [{ seconds: 5, role: 'developer' }, 'unknown key role'],
  ])('is refused when it is registered with %j', async (options, message) => {
    await expect(teamWithSteps([pause(options)])).rejects.toMatchObject({
      code: 'workflow.invalid',
      message: expect.stringContaining(message),
    });
  });
});
