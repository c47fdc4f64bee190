import { expect, it } from 'vitest';
import { z } from 'zod';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';
import { analysis, definitionOf } from './team-with-steps.ts';

const options = z.object({ times: z.number().int().min(1).max(5) });

const types = ['requirements_analysis', 'technical_feasibility', 'final_analysis'];

/** Does an analysis so many times, each after the one before. */
const repeat: StepKind<typeof options> = {
  name: 'repeat',
  options,
  needs: () => ({ model: false }),
  events: { 'acme:round.ended': { version: 1, data: z.object({ rounds: z.number() }) } },
  async execute({ options: { times }, woken, state, task, record }) {
    if (woken === undefined) {
      const ids = Array.from({ length: times }, (_, index) => `round_${index + 1}`);
      return {
        status: 'expanded',
        steps: ids.map((id, index) => ({
          kind: 'agent',
          priority: 1,
          ...analysis(id, ids.slice(Math.max(0, index - 1), index), types[index]),
        })),
      };
    }
    const rounds = [...state.tasks.values()].filter(({ parent, status }) => parent === task.task && status === 'completed').length;
    await record([{ type: 'acme:round.ended', data: { rounds } }]);
    return { status: 'completed', outputs: { rounds } };
  },
};
const steps = [{ id: 'look', kind: 'repeat', description: 'Look.', times: 3 }];

it('a program adds a kind of its own, with options, events and tasks that join the run', async () => {
  const { orchestrator, engine, events } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  orchestrator.registerStepKind(repeat);
  engine.registerWorkflow(definitionOf('house', steps));
  const result = await engine.executeWorkflow('house', 'Build it.');
  expect(result.status).toBe('completed');
  expect(Object.keys(result.tasks)).toEqual(['look', 'look/round_1', 'look/round_2', 'look/round_3']);
  expect(events.filter(({ type }) => type === 'acme:round.ended').map(({ data }) => data)).toEqual([{ rounds: 3 }]);
  expect((await orchestrator.loadRun(result.workflow_id)).tasks.get('look')?.outputs).toEqual({ rounds: 3 });
});

it('its options are checked when a workflow is registered, and a name is taken once', async () => {
  const { orchestrator, engine } = await teamOnFake();
  orchestrator.registerStepKind(repeat);
  expect(() => orchestrator.registerStepKind(repeat)).toThrow(expect.objectContaining({ code: 'step.kind_exists' }));
  expect(() => engine.registerWorkflow(definitionOf('house', [{ ...steps[0]!, times: 9 }]))).toThrow('steps[0].times');
});

it('a workflow with a kind that nobody registered is refused, with the nearest name', async () => {
  const { engine } = await teamOnFake();
  expect(() => engine.registerWorkflow(definitionOf('house', [{ id: 'a', kind: 'wayt', description: 'Wait.', seconds: 1 }]))).toThrow(
    'steps[0].kind: unknown value "wayt"; did you mean wait?',
  );
});

it('a run that needs such a kind is gone on with only where it is registered', async () => {
  const first = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  first.orchestrator.registerStepKind(repeat);
  first.engine.registerWorkflow(definitionOf('house', steps));
  const { workflow_id: run } = await first.engine.executeWorkflow('house', 'Build it.');
  const store = first.orchestrator.store;
  const second = await teamOnFake({ orchestrator: { store } });
  await expect(second.orchestrator.retryRun(run, { task: 'look' })).rejects.toMatchObject({ code: 'step.unknown_kind' });
  expect((await second.orchestrator.loadRun(run)).status).toBe('completed');
});

it('a definition that a program made itself fails at the step that does not say what its kind needs, and an agent may call its task as it likes', async () => {
  const { orchestrator } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  const step = { id: 'pause', kind: 'wait', description: 'Wait.', depends_on: [], priority: 1, second: 3 };
  const definition = { name: 'own', title: 'Own', description: 'Own.', steps: [step] };
  const result = await orchestrator.executeWorkflow({ definition, requirement: 'Build it.', files: [], context: {} });
  expect(result).toMatchObject({ status: 'failed', error: expect.stringContaining('expected seconds, until or signal') });
  const { id } = orchestrator.getAgentByRole('business_analyst');
  const task = { taskType: 'Code-Review', description: 'Look.', requirement: 'Build it.' };
  expect((await orchestrator.executeTask(task, id)).status).toBe('completed');
});

const nothing = z.object({});

/** Says something without asking a model. */
const saying = (turn: unknown): StepKind<typeof nothing> => ({
  name: 'say',
  options: nothing,
  needs: () => ({ model: false }),
  execute: async () => ({ status: 'completed', turn: turn as [] }),
});

it('agents after it are shown the messages of a kind of its own, also after a restart', async () => {
  const team = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
  const content = (text: string) => [{ type: 'text', text }];
  team.orchestrator.registerStepKind(
    saying([
      { role: 'user', content: content('What did the customer say?') },
      { role: 'assistant', content: [...content('Blue, please.'), { type: 'acme:mood', value: 'calm' }] },
    ]),
  );
  team.engine.registerWorkflow(definitionOf('house', [{ id: 'ask', kind: 'say', description: 'Ask.' }, analysis('look', ['ask'])]));
  const { workflow_id: run, status } = await team.engine.executeWorkflow('house', 'Build it.');
  expect(status).toBe('completed');
  const sent = JSON.stringify(team.server.requests.at(-1)?.body['messages']);
  for (const said of ['What did the customer say?', 'Blue, please.', 'acme:mood']) expect(sent).toContain(said);
  await team.orchestrator.retryRun(run, { task: 'look' });
  expect(JSON.stringify(team.server.requests.at(-1)?.body['messages'])).toBe(sent);
});

it('a kind that shows others half a conversation fails its step, and the sentence says so', async () => {
  const { orchestrator, engine } = await teamOnFake();
  orchestrator.registerStepKind(saying([{ role: 'user', content: [{ type: 'text', text: 'Only a question.' }] }]));
  engine.registerWorkflow(definitionOf('house', [{ id: 'ask', kind: 'say', description: 'Ask.' }]));
  const { workflow_id: run, status } = await engine.executeWorkflow('house', 'Build it.');
  expect(status).toBe('failed');
  expect((await orchestrator.loadRun(run)).tasks.get('ask')?.error).toMatchObject({ code: 'step.bad_turn' });
});
