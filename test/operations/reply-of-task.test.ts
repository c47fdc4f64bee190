import { expect, it } from 'vitest';
import { reasoningOfTask, replyOfTask } from '../../src/operations/reply-of-task.ts';
import { refineRun } from '../../src/orchestrator/run/follow-up.ts';
import { foldRun } from '../../src/state/run/run-state.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { added, started, writeRun } from '../support/run-events.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const replies = replyAsTeam();

it('the reply and the thoughts of a task are shown as they came; one without thoughts says so', async () => {
  const { engine, orchestrator } = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: {
      reply: (request) =>
        request.taskType === 'requirements_gathering' ? { text: replies(request), reasoning: 'Pondering.' } : replies(request),
    },
  });
  const { workflow_id: run } = await engine.executeWorkflow('analysis', 'A bookmark manager.');
  const state = await orchestrator.loadRun(run);
  const [first, ...others] = [...state.tasks.values()];
  expect(reasoningOfTask(state, first!)).toBe('Pondering.');
  const last = others.at(-1)!;
  expect(replyOfTask(state, last)).not.toBe('');
  expect(() => reasoningOfTask(state, last)).toThrow(
    expect.objectContaining({
      code: 'run.no_reasoning',
      category: 'usage',
      hint: expect.stringContaining(`multiagent show ${run} --reply ${last.task}`) as string,
    }),
  );
});

it('a task that has asked nothing has no reply, and a run in which nothing is done cannot be refined', async () => {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [started('r'), added('r', 'a')]);
  const state = await foldRun(store.read('run:r'));
  const task = state.tasks.get('a')!;
  for (const show of [replyOfTask, reasoningOfTask])
    expect(() => show(state, task)).toThrow(
      expect.objectContaining({
        code: 'run.no_reply',
        category: 'usage',
        message: 'The task a of the run r has not asked the model anything yet.',
        hint: '"multiagent show r" shows how far each task is.',
      }),
    );
  expect(() => refineRun(state, { request: 'Shorter.' }, {} as never)).toThrow(
    expect.objectContaining({
      code: 'run.not_finished',
      category: 'usage',
      message: 'No task of the run r is completed, so there is nothing to refine.',
      hint: '"multiagent show r" shows how far it is and how it goes on.',
    }),
  );
});
