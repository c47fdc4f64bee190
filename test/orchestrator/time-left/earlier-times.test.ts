import { describe, expect, it } from 'vitest';
import { earlierTimes, type SimilarRun } from '../../../src/orchestrator/time-left/earlier-times.ts';
import type { EventOf } from '../../../src/events/run-stream-events.ts';
import { eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';

function similar(started: EventOf<'run.started'> | undefined): SimilarRun {
  if (started === undefined) throw new Error('No run has begun.');
  const { workflow, model, models } = started.data;
  return { workflow, model, models };
}

describe('what earlier runs took', () => {
  it('is the time of each of their steps, if they had the workflow and the model', async () => {
    const { engine, events, orchestrator } = await teamOnFake();
    await engine.executeWorkflow('quick_answer', 'What is a queue?');
    const run = similar(eventsOfType(events, 'run.started')[0]);
    const [begun, ended] = [eventsOfType(events, 'task.started')[0]?.time ?? NaN, eventsOfType(events, 'task.completed')[0]?.time ?? NaN];
    expect(await earlierTimes(orchestrator.store, run)).toEqual({ times: [{ task: 'answer', milliseconds: ended - begun }], runs: 1 });
    // A server that was started anew has another port.
    const otherPort = { ...run.model, address: 'http://127.0.0.1:1/v1' };
    expect(await earlierTimes(orchestrator.store, { ...run, model: otherPort })).toMatchObject({ runs: 1 });
    const none = { times: [], runs: 0 };
    expect(await earlierTimes(orchestrator.store, { ...run, workflow: 'bug_fix' })).toEqual(none);
    expect(await earlierTimes(orchestrator.store, { ...run, model: { ...run.model, name: 'another' } })).toEqual(none);
    expect(await earlierTimes(orchestrator.store, { ...run, model: { ...run.model, address: 'http://models.example/v1' } })).toEqual(none);
    expect(await earlierTimes(orchestrator.store, { ...run, models: { fast: run.model } })).toEqual(none);
  });

  it('is not told by runs that failed or that build on another one, and by no more than the three newest', async () => {
    const { engine, events, orchestrator, server } = await teamOnFake();
    server.setFault(0, { kind: 'status', status: 400 });
    const failed = await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect(failed.status).toBe('failed');
    const run = similar(eventsOfType(events, 'run.started')[0]);
    expect((await earlierTimes(orchestrator.store, run)).runs).toBe(0);
    for (let count = 0; count < 4; count += 1) await engine.executeWorkflow('quick_answer', 'What is a queue?');
    expect((await earlierTimes(orchestrator.store, run)).runs).toBe(3);
    const other = await teamOnFake();
    const first = await other.engine.executeWorkflow('quick_answer', 'What is a queue?');
    await other.orchestrator.rerunFrom(first.workflow_id, { from: 'answer' });
    expect(await earlierTimes(other.orchestrator.store, similar(eventsOfType(other.events, 'run.started')[0]))).toMatchObject({ runs: 1 });
  });

  it('has a step that others joined the run for as a whole, and none that waited for a person', async () => {
    const { orchestrator, engine, events } = await teamOnFake();
    orchestrator.workflows.register({
      name: 'rounds',
      steps: [
        {
          id: 'each',
          kind: 'for_each',
          description: 'Answer each',
          in: "['a', 'b']",
          steps: [{ id: 'answer', role: 'developer', task_type: 'quick_answer', description: 'Answer', expects: 'text' }],
        },
        { id: 'asked', kind: 'approval', description: 'Ask', depends_on: ['each'], ask: 'Well?', show: [] },
      ],
    });
    const workflow = engine.createWorkflow('rounds', 'What is a queue?');
    await orchestrator.executeWorkflow(workflow, { person: () => Promise.resolve({ decision: 'approved', by: 'Ann' }) });
    const { times, runs } = await earlierTimes(orchestrator.store, similar(eventsOfType(events, 'run.started')[0]));
    expect(runs).toBe(1);
    expect(times.map(({ task }) => task)).toEqual(['each']);
  });
});
