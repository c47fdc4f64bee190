import { expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import type { WorkflowDefinitionInput } from '../../../src/workflows/workflow-schema.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { analysis, definitionOf, teamWithSteps } from './team-with-steps.ts';
import { teamThatTells, told } from './tell-step.ts';

const whole = (options: object = {}) => ({ id: 'whole', kind: 'workflow', description: 'All of it.', workflow: 'inner', ...options });
const inner = definitionOf('inner', [
  { ...analysis('first'), description: 'Look at {{ inputs.what }}.' },
  { id: 'count', kind: 'command', description: 'Count.', command: 'echo {{ inputs.what }}; exit {{ inputs.code }}', depends_on: ['first'] },
]);
const settings = { sandbox: 'off' as const };

const typed = {
  ...definitionOf('inner', [
    { ...analysis('first'), description: 'Look at {{ inputs.count }} {{ vars.things }}.', when: 'inputs.count > 1' },
    { id: 'pause', kind: 'wait', seconds: 1, description: 'Wait.', depends_on: ['first'] },
  ]),
  inputs: { count: { type: 'number' as const }, colour: { type: 'text' as const, default: 'red' } },
  vars: { things: '{{ inputs.colour }} wheels' },
  outputs: { twice: 'inputs.count * 2', colour: 'inputs.colour', said: 'steps.first.text' },
};

async function teamWithInner(options: object, depth: WorkflowDefinitionInput = inner) {
  const team = await teamWithSteps([whole(options), analysis('after', ['whole'], 'final_analysis')], { settings });
  team.engine.registerWorkflow(depth);
  return team;
}

it('does the steps of another workflow as tasks of the run, with its inputs in their texts, and ends when they have', async () => {
  const { run, orchestrator, events } = await teamWithInner({ inputs: { what: 'wheels', code: '0' } });
  const result = await run();
  expect(result.status).toBe('completed');
  expect(Object.keys(result.tasks)).toEqual(['whole', 'whole/first', 'whole/count', 'after']);
  expect(result.tasks['whole/first']?.description).toBe('Look at wheels.');
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  expect(tasks.get('whole')?.outputs).toMatchObject({ tasks: { 'whole/count': { status: 'completed', outputs: { output: 'wheels\n' } } } });
  const order = eventsOfType(events, 'task.completed').map(({ data }) => data.task);
  expect(order).toEqual(['whole/first', 'whole/count', 'whole', 'after']);
});

it('fails where a step of it does, and a retry does that step again and nothing that was done', async () => {
  const { run, orchestrator, events } = await teamWithInner({ inputs: { what: 'wheels', code: '4' } });
  const failed = await run();
  expect(failed.status).toBe('failed');
  expect(failed.tasks['whole']?.error).toContain('whole/count');
  expect(eventsOfType(events, 'task.failed').map(({ data }) => data.error.code)).toContain('workflow.step_failed');
  expect(failed.tasks['after']?.status).toBe('skipped');
  const seen = events.length;
  const retried = await orchestrator.retryRun(failed.workflow_id);
  expect(retried.status).toBe('failed');
  const again = eventsOfType(events.slice(seen), 'task.started').map(({ data }) => data.task);
  expect(new Set(again)).toEqual(new Set(['whole/count', 'whole']));
});

it.each([
  ['an input that is not given', { inputs: { what: 'wheels' } }, inner, 'cannot work out "inputs.code"'],
  [
    'an input that it states and that is not given',
    { inputs: {} },
    typed,
    'The workflow inner needs the input count (a number), and it is not given.',
  ],
  [
    'an input of another type',
    { inputs: { count: 'many' } },
    typed,
    'The input count of the workflow inner expects a number, found "many".',
  ],
  ['an input that it does not have', { inputs: { count: 1, cuont: 2 } }, typed, 'The workflow inner has no input called cuont.'],
  ['a workflow that is not there', { workflow: 'inne' }, inner, 'no workflow called inne'],
  ['a workflow within itself', {}, definitionOf('inner', [whole()]), 'holds itself'],
])('fails for %s', async (_, options, definition, message) => {
  const { run } = await teamWithInner(options, definition);
  const result = await run();
  expect(result.status).toBe('failed');
  expect(result.error).toContain(message);
});

it('goes on after a restart where its steps were, and adds none of them twice', async () => {
  const patient = definitionOf('inner', [
    analysis('first'),
    { id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go', depends_on: ['first'] },
    analysis('last', ['pause'], 'technical_feasibility'),
  ]);
  const { run, waiting, orchestrator, workspace, server, events } = await teamWithInner({}, patient);
  const stop = new AbortController();
  const running = run(stop.signal);
  const id = await waiting('whole/pause');
  stop.abort(new Error('stopped'));
  expect((await running).status).toBe('interrupted');

  const config = { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address };
  const second = new AgentOrchestrator({ workspace, config, onEvent: (event) => events.push(event) });
  onTestFinished(() => second.close());
  await second.signalRun(id, 'go');
  const result = await second.resumeRun(id);
  expect(result.status).toBe('completed');
  expect(eventsOfType(events, 'task.added').map(({ data }) => data.task)).toEqual([
    'whole',
    'after',
    'whole/first',
    'whole/pause',
    'whole/last',
  ]);
  expect((await orchestrator.loadRun(id)).tasks.get('whole')?.attempts).toBe(1);
});

it('is given typed inputs with defaults, has vars of its own, and puts out what it says', async () => {
  const outer = { ...whole({ inputs: { count: '{{ 1 + 1 }}' } }) };
  const team = await teamWithSteps([outer] as never);
  team.engine.registerWorkflow(typed);
  team.engine.registerWorkflow({
    ...definitionOf('outer', [
      outer,
      { ...analysis('after', ['whole'], 'final_analysis'), description: 'Paint {{ steps.whole.outputs.twice }}.' },
    ] as never),
    outputs: { wheels: 'steps.whole.outputs.twice', hidden: 'steps.whole.outputs.nothing' },
  });
  const result = await team.engine.executeWorkflow('outer', 'Build it.');
  expect(result.error).toBe(null);
  expect(result.tasks['whole/first']?.description).toBe('Look at 2 red wheels.');
  expect(result.tasks['after']?.description).toBe('Paint 4.');
  const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
  expect(tasks.get('whole')?.outputs).toMatchObject({ twice: 4, colour: 'red', said: expect.stringContaining('#') as string });
  expect(result.outputs).toEqual({ wheels: 4, hidden: null });
});

it('a wrong output is refused when the workflow is registered', async () => {
  const { engine } = await teamWithSteps([analysis('first')]);
  const wrong = { ...definitionOf('wrong', [analysis('look')]), outputs: { said: 'steps.lok.text' } };
  expect(() => engine.registerWorkflow(wrong)).toThrow('outputs.said: in steps the name lok is not known; did you mean look?');
});

it('that stands in too many others fails in the innermost, which says what to take out', async () => {
  const names = ['inner', ...Array.from({ length: 9 }, (_, depth) => `inner_${depth}`)];
  const team = await teamWithSteps([whole()] as never);
  for (const [at, name] of names.entries()) {
    const next = names[at + 1];
    team.engine.registerWorkflow(definitionOf(name, [next === undefined ? analysis('look') : whole({ workflow: next })] as never));
  }
  const result = await team.run();
  expect(result.status).toBe('failed');
  const errors = eventsOfType(team.events, 'task.failed').map(({ data }) => data.error);
  expect(errors[0]).toMatchObject({
    code: 'workflow.too_deep',
    message: expect.stringMatching(/^The workflow inner_\d would be the \d+th within another/) as string,
    hint: 'Take the step out that leads back to a workflow around it.',
  });
  expect(errors.slice(1).every(({ code }) => code === 'workflow.step_failed')).toBe(true);
});

it('is done however deep it stands in loops and lists: only workflows around it count', async () => {
  const { engine, runSteps } = await teamThatTells();
  engine.registerWorkflow(definitionOf('inner', [told('look')] as never));
  const within = (steps: object[], id: string) => [{ id, kind: 'for_each', in: '[1]', steps }];
  const { statuses } = await runSteps(['d', 'c', 'b', 'a'].reduce(within, [whole()]));
  expect(statuses).toMatchObject({ a: 'completed', 'a/1/b/1/c/1/d/1/whole/look': 'completed' });
});
