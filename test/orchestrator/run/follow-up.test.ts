import { describe, expect, it } from 'vitest';
import { rerunFrom } from '../../../src/orchestrator/run/follow-up.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { teamThatTells, told } from '../step-kinds/tell-step.ts';
import { analysis, teamWithSteps } from '../step-kinds/team-with-steps.ts';

const write = (id: string, depends_on: string[] = []) => ({
  id,
  role: 'developer',
  task_type: 'implementation',
  description: `Write it (${id}).`,
  expects: 'files' as const,
  depends_on,
});

const kinds = new StepKindRegistry().declarations;

/** A loop of two steps, one that a condition skips, and one that depends on both. */
const steps = [
  write('build'),
  {
    id: 'rounds',
    kind: 'loop',
    description: 'Twice.',
    until: 'iteration == 2',
    depends_on: ['build'],
    steps: [write('look'), write('change', ['look'])],
  },
  { ...write('spare', ['build']), when: 'false' },
  analysis('after', ['rounds', 'spare']),
];

async function finishedRun() {
  let count = 0;
  const reply = ({ taskType }: { taskType?: string | undefined }) => {
    count += 1;
    return taskType === 'requirements_analysis' ? `# Said ${count}\n\nWord${count}.` : `\`\`\`python:a.py\nnumber = ${count}\n\`\`\`\n`;
  };
  const team = await teamWithSteps(steps, { server: { reply } });
  const result = await team.run();
  expect(result.status).toBe('completed');
  const statusesOf = async (run: string) =>
    Object.fromEntries([...(await team.orchestrator.loadRun(run)).tasks].map(([task, { status }]) => [task, status]));
  return { ...team, run: result.workflow_id, statusesOf };
}

const inLoop = ['rounds/1/look', 'rounds/1/change', 'rounds/2/look', 'rounds/2/change'];

describe('a run whose steps held steps', () => {
  it('is refined, again and again: what joined it is inherited, and is no step of the new workflow', async () => {
    const { orchestrator, run, statusesOf } = await finishedRun();
    const first = await orchestrator.refineRun(run, { request: 'Make it blue.' });
    const second = await orchestrator.refineRun(first.workflow_id, { request: 'Make it red.' });
    expect([first.status, second.status]).toEqual(['completed', 'completed']);
    const own = (second.workflow_definition as { id: string }[]).map(({ id }) => id);
    expect(own).toEqual(['build', 'rounds', 'after', 'refinement_1', 'refinement_2']);
    expect(Object.keys(await statusesOf(second.workflow_id))).toEqual(expect.arrayContaining(inLoop));
    const { tasks } = await orchestrator.loadRun(second.workflow_id);
    const numbers = own.map((id) => tasks.get(id)?.number);
    expect(numbers).toEqual([1, 2, 4, 5, 6]);
  });

  it('is done again from a refinement', async () => {
    const { orchestrator, run, statusesOf } = await finishedRun();
    const refined = await orchestrator.refineRun(run, { request: 'Make it blue.' });
    const again = await orchestrator.rerunFrom(refined.workflow_id, { from: 'refinement_1' });
    expect([again.status, (await statusesOf(again.workflow_id))['refinement_1']]).toEqual(['completed', 'completed']);
  });

  it('is done again where an earlier version took joined tasks for steps', async () => {
    const { orchestrator, run } = await finishedRun();
    const state = await orchestrator.loadRun(run);
    const { steps: own } = state.definition as { steps: { id: string }[] };
    const joined = { ...write('rounds/1/look'), depends_on: ['build'] };
    const last = { ...analysis('last', ['after', 'rounds/1/look']) };
    const { workflow } = rerunFrom({ ...state, definition: { ...state.definition, steps: [...own, joined, last] } }, 'after', kinds);
    expect(workflow.definition.steps.map(({ id }) => id)).toEqual(['build', 'rounds', 'spare', 'after', 'last']);
    expect(workflow.definition.steps.at(-1)?.depends_on).toEqual(['after']);
  });

  it('is done again from a task within a step with the whole step', async () => {
    const { orchestrator, run } = await finishedRun();
    const again = await orchestrator.rerunFrom(run, { from: 'rounds/2/look' });
    expect(again.status).toBe('completed');
    const { inherits, tasks } = await orchestrator.loadRun(again.workflow_id);
    expect(inherits?.tasks).toEqual(['build']);
    expect(inLoop.map((task) => tasks.get(task)?.status)).toEqual(inLoop.map(() => 'completed'));
  });
});

describe('a run that is done again from a step', () => {
  it('does a step of steps that had failed anew as a whole, and takes none of its steps for a finished iteration', async () => {
    const { orchestrator, runSteps } = await teamThatTells();
    const inner = [told('look'), told('change', { depends_on: ['look'], ends: 'badly' })];
    const { result, statuses } = await runSteps([told('beside'), { id: 'rounds', kind: 'loop', until: 'true', steps: inner }]);
    expect(statuses['rounds']).toBe('failed');
    const again = await orchestrator.rerunFrom(result.workflow_id, { from: 'beside' });
    const { tasks, inherits } = await orchestrator.loadRun(again.workflow_id);
    expect(inherits?.tasks).toEqual([]);
    expect(Object.fromEntries([...tasks].map(([task, { status }]) => [task, status]))).toEqual({
      beside: 'completed',
      rounds: 'failed',
      'rounds/1/look': 'completed',
      'rounds/1/change': 'failed',
    });
  });

  it('inherits all that steps say, so that they can be done again in it', async () => {
    const { orchestrator, runSteps } = await teamThatTells();
    const says = { when: "steps.first.verdict != ''", outputs: { sum: '1 + 1' }, description: 'Of {{ steps.first.verdict }}.', retries: 1 };
    const steps = [
      told('first', { outputs_are: { verdict: 'approved' } }),
      { id: 'each', kind: 'for_each', in: "[steps.first.verdict, 'b']", depends_on: ['first'], steps: [told('one', says)] },
      told('last'),
    ];
    const { result } = await runSteps(steps);
    const again = await orchestrator.rerunFrom(result.workflow_id, { from: 'last' });
    const inherited = (await orchestrator.loadRun(again.workflow_id)).tasks;
    expect(inherited.get('each')).toMatchObject({ memory: ['approved', 'b'], because: 'Its steps were done for 2 items.' });
    expect(inherited.get('each/1/one')).toMatchObject({
      when: says.when,
      namedOutputs: says.outputs,
      retries: 1,
      description: 'Of approved.',
      asWritten: { description: says.description },
    });
    await orchestrator.retryRun(again.workflow_id, { task: 'each/1/one' });
    const { tasks } = await orchestrator.loadRun(again.workflow_id);
    expect(tasks.get('each/1/one')).toMatchObject({ status: 'completed', description: 'Of approved.', outputs: { sum: 2 } });
    expect(tasks.get('each')?.outputs).toMatchObject({ count: 2 });
  });
});
