import { expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { eventsOfType, type TeamOnFakeOptions, teamOnFake } from '../../support/team-on-fake.ts';
import type { WorkflowDefinitionInput } from '../../../src/workflows/workflow-schema.ts';
import { tellKind } from './tell-kind.ts';

/** A text of some substance that can be told from others. */
const reply = (about: string) =>
  `# ${about}\n\nThe ${about} was looked at from all sides, and this is what was found about the ${about} so far.\n`;

const look = (id: string, more: object = {}) => ({
  id,
  role: 'business_analyst',
  task_type: `look_at_${id}`,
  description: `Look at ${id}.`,
  expects: 'text' as const,
  ...more,
});
const tell = (id: string, more: object = {}) => ({ id, kind: 'tell', description: `Tell ${id}.`, ...more });

/** Runs a definition on the stand-in; `asked`: what each step's request held, by the id in its description. */
async function runDefinition(
  definition: Omit<WorkflowDefinitionInput, 'name'>,
  { inputs, requirement = 'Build it.', ...options }: TeamOnFakeOptions & { inputs?: Record<string, unknown>; requirement?: string } = {},
) {
  const asked = new Map<string, Record<string, unknown>>();
  const team = await teamOnFake({
    ...options,
    settings: { max_concurrent_agents: 1, ...options.settings },
    server: {
      reply: ({ body }: RequestRecord) => {
        const messages = body['messages'] as { content: string }[];
        const [, id = 'nobody'] = /Look at (\w+)\./.exec(messages.at(-1)?.content ?? '') ?? [];
        asked.set(id, body);
        return { text: reply(id) };
      },
      ...options.server,
    },
  });
  team.orchestrator.registerStepKind(tellKind);
  team.engine.registerWorkflow({ name: 'house', ...definition });
  const result = await team.engine.executeWorkflow('house', requirement, { inputs });
  const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
  const said = (id: string) => ((asked.get(id)?.['messages'] ?? []) as { content: string }[]).map(({ content }) => content).join('\n');
  return { ...team, result, tasks, asked, said, statuses: Object.fromEntries([...tasks].map(([id, { status }]) => [id, status])) };
}

it('a filled text is what the model is asked and what the journal says', async () => {
  const { said, tasks, events } = await runDefinition(
    {
      version: 1,
      inputs: { requirement: 'required', audience: { type: 'text' }, rounds: { type: 'number', default: 3 } },
      vars: { tone: 'calm, for {{ inputs.audience }}', twice: '{{ inputs.rounds * 2 }}', words: ['a', 'b'] },
      steps: [
        tell('note', { outputs_are: { json: { parts: ['one', 'two'] } }, outputs: { first: 'steps.note.json.parts[0]' } }),
        look('plan', {
          depends_on: ['note'],
          instructions:
            "Write {{ vars.tone }} in {{ vars.twice + 1 }} parts: {{ steps.note.json.parts.join(' and ') }}, {{ steps.note.outputs.first }}, {{ vars.words }}.",
        }),
      ],
    },
    { inputs: { audience: 'children' } },
  );
  const text = 'Write calm, for children in 7 parts: one and two, one, ["a","b"].';
  expect(said('plan')).toContain(text);
  expect(tasks.get('plan')?.instructions).toBe(text);
  expect(eventsOfType(events, 'task.started').at(-1)?.data.filled).toEqual({ description: 'Look at plan.', instructions: text });
  expect(eventsOfType(events, 'run.started')[0]?.data.input.values).toEqual({ audience: 'children', rounds: 3 });
  expect(tasks.get('note')?.outputs).toEqual({ json: { parts: ['one', 'two'] }, first: 'one' });
});

it('braces that are no expression stay as they are', async () => {
  const { said } = await runDefinition({
    steps: [look('page', { description: 'Look at page. It has {{ title }} and ${{ secrets.KEY }}.' })],
  });
  expect(said('page')).toContain('{{ title }} and ${{ secrets.KEY }}.');
});

it('values in a command are one word each, whatever is in them', async () => {
  const { tasks } = await runDefinition(
    {
      steps: [
        tell('name', { outputs_are: { output: "it's; rm -rf $HOME" } }),
        { id: 'say', kind: 'command', command: 'printf %s {{ steps.name.output }}', depends_on: ['name'] },
      ],
    },
    { settings: { sandbox: 'off' } },
  );
  expect(tasks.get('say')?.outputs?.['output']).toBe("it's; rm -rf $HOME");
  expect(tasks.get('say')?.description).toBe("printf %s it's; rm -rf $HOME");
});

it('instructions and sampling of a step reach the model, above what the settings say', async () => {
  const { asked, said } = await runDefinition(
    { steps: [look('one', { instructions: 'Mind the gap.', sampling: { temperature: 0.15, seed: 7, max_tokens: 333 } }), look('two')] },
    { settings: { llm_temperature: 0.6, task_sampling: { look_at_one: { temperature: 0.5, top_p: 0.9 } } } },
  );
  expect(asked.get('one')).toMatchObject({ temperature: 0.15, seed: 7, top_p: 0.9, max_tokens: 333 });
  expect(asked.get('two')).toMatchObject({ temperature: 0.6 });
  expect(said('one')).toContain('Mind the gap.');
  expect(said('two').split('Mind the gap.')).toHaveLength(2);
});

const seenBy = (whole: string) => ['one', 'two', 'three'].filter((id) => whole.includes(`The ${id} was looked at`));

it.each([
  ['all', ['one', 'two', 'three']],
  ['direct', ['three']],
  [
    ['one', 'two'],
    ['one', 'two'],
  ],
  [[], []],
])('an agent is shown the earlier steps that its step names: %j', async (context, expected) => {
  const { said } = await runDefinition(
    { steps: [look('one'), look('two'), look('three'), look('last', { depends_on: ['three'], context: context as 'all' })] },
    { settings: { prompt_layout: 'transcript' } },
  );
  expect(seenBy(said('last'))).toEqual(expected);
});

it('nobody is shown what was said in a private step, and expressions may still use it', async () => {
  const { said } = await runDefinition(
    {
      steps: [
        look('one', { private: true }),
        look('two'),
        look('last', { depends_on: ['one', 'two'], instructions: '{{ size(steps.one.text) > 10 }}' }),
      ],
    },
    { settings: { prompt_layout: 'transcript' } },
  );
  expect(seenBy(said('last'))).toEqual(['two']);
  expect(said('last')).toContain('true');
});

it.each(['transcript', 'material'] as const)(
  'what was said in the steps of a private one is shown to these alone, in the layout %s',
  async (prompt_layout) => {
    const rounds = {
      id: 'rounds',
      kind: 'loop',
      private: true,
      until: 'true',
      steps: [look('one'), look('two', { depends_on: ['one'] })],
    };
    const { said } = await runDefinition(
      { steps: [rounds, look('three', { depends_on: ['rounds'] }), look('last', { depends_on: ['three'] })] },
      { settings: { prompt_layout } },
    );
    expect(seenBy(said('two'))).toEqual(['one']);
    expect(seenBy(said('last'))).toEqual(['three']);
  },
);

it('a step is tried again as often as it says, and a try takes no longer than it says', async () => {
  const { tasks, result } = await runDefinition(
    {
      steps: [
        { id: 'flaky', kind: 'command', command: 'exit 3', retries: 2 },
        { id: 'once', kind: 'command', command: 'exit 3' },
        { id: 'slow', kind: 'tell', description: 'Takes its time.', takes: 'forever', timeout: 0.02 },
        { id: 'slow_again', kind: 'tell', description: 'Takes its time.', takes: 'forever', timeout: 0.02, retries: 1 },
      ],
    },
    { settings: { sandbox: 'off' } },
  );
  expect(Object.fromEntries([...tasks].map(([id, { attempts }]) => [id, attempts]))).toEqual({ flaky: 3, once: 1, slow: 1, slow_again: 2 });
  expect(result.tasks['slow']?.error).toContain('The task took longer than its timeout allows (0.02 s).');
});

it('fails with the expression where a named output has no value', async () => {
  const { result, statuses } = await runDefinition({ steps: [tell('note', { outputs: { first: 'steps.note.json.parts' } })] });
  expect(statuses).toEqual({ note: 'failed' });
  expect(result.tasks['note']?.error).toBe('The step note cannot work out "steps.note.json.parts": null has no parts.');
});

it('fails with the expression where a text cannot be filled, and nothing is asked', async () => {
  const { result, asked } = await runDefinition({
    steps: [tell('note'), look('one', { depends_on: ['note'], description: 'Look at one. {{ steps.note.json.parts }}' })],
  });
  expect(result.tasks['one']?.error).toBe('The step one cannot work out "steps.note.json.parts": null has no parts.');
  expect([...asked.keys()]).toEqual([]);
});
