import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { startedReplies } from '../../support/team-on-fake.ts';
import { decideRun } from '../../../src/operations/decide-run.ts';
import { analysis, teamWithSteps } from './team-with-steps.ts';

const planned = (options: object = {}) => ({
  id: 'build',
  role: 'developer',
  task_type: 'implementation',
  description: 'Build the bells.',
  depends_on: [],
  expects: 'files',
  ...options,
});
const tests = planned({ id: 'test', role: 'qa_engineer', task_type: 'testing', description: 'Test the bells.', depends_on: ['build'] });
const sound = JSON.stringify({ steps: [planned(), tests] });

const plan = (options: object = {}) => ({
  id: 'plan',
  kind: 'plan',
  description: 'Plan the work.',
  role: 'business_analyst',
  allow: { roles: ['developer', 'qa_engineer'], task_types: ['implementation', 'testing'] },
  ...options,
});

async function plannedBy(replies: string[], options: object = {}, others: Readonly<Record<string, string>> = {}) {
  const left = [...replies];
  const reply = ({ taskType }: RequestRecord) => {
    if (taskType === 'plan') return left.shift() ?? 'no more';
    if (taskType !== undefined && others[taskType] !== undefined) return others[taskType];
    if (taskType === 'implementation') return '```python:bells.py\nbells = 1\n```\n';
    if (taskType === 'testing') return '```python:test_bells.py\nimport bells\n\ndef test_bells():\n    assert bells.bells == 1\n```\n';
    return '# Words\n\nWhat nobody has said before about any of this.';
  };
  const team = await teamWithSteps([plan(options), analysis('after', ['plan'])] as never, { server: { reply } });
  const result = await team.run(undefined, 'rest');
  const load = async () => {
    const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
    return { tasks, statuses: Object.fromEntries([...tasks].map(([name, { status }]) => [name, status])) };
  };
  return { ...team, result, load, ...(await load()) };
}

describe('a plan', () => {
  it('has its steps join the run, and ends when they have', async () => {
    const { result, statuses, tasks, server, events } = await plannedBy([sound]);
    expect(result.status).toBe('completed');
    expect(statuses).toEqual({ plan: 'completed', 'plan/1/build': 'completed', 'plan/1/test': 'completed', after: 'completed' });
    expect(tasks.get('plan/1/test')).toMatchObject({ role: 'qa_engineer', dependencies: ['plan/1/build'], expects: 'files' });
    expect(tasks.get('plan')?.outputs).toMatchObject({ json: JSON.parse(sound) as object, steps: { build: { status: 'completed' } } });
    expect(server.requests).toHaveLength(4);
    const asked = startedReplies(events)[0]?.data.message;
    expect(asked).toContain('at most 6 steps');
    expect(asked).toContain('- role: developer, qa_engineer\n- task_type: implementation, testing');
  });

  it.each([
    ['an unknown role', [planned({ role: 'hacker' })], 'steps[0].role: unknown value "hacker"; use one of developer, qa_engineer'],
    ['a circle', [planned({ depends_on: ['test'] }), tests], 'steps[0]: the steps depend on each other in a circle: build → test → build'],
    [
      'a program',
      [{ id: 'try', kind: 'command', command: 'ls', description: 'Try.', depends_on: [] }],
      'steps[0]: Unrecognized keys: "kind", "command"',
    ],
  ])('with %s gets a corrective turn that names it, and nothing of it is done', async (_, steps, fault) => {
    const { statuses, events } = await plannedBy([JSON.stringify({ steps }), sound]);
    expect(statuses['plan']).toBe('completed');
    expect(startedReplies(events)[1]?.data.message).toContain(`- ${fault}\n`);
  });

  it('that is no plan the second time, either, fails the step', async () => {
    const { result, statuses, tasks } = await plannedBy(['Let us begin.', 'Now.']);
    expect(result.status).toBe('failed');
    expect(statuses).toEqual({ plan: 'failed', after: 'skipped' });
    expect(tasks.get('plan')?.error?.code).toBe('reply.not_json');
  });

  it('keeps what was said of it, and its plan, where one of its steps is done again', async () => {
    const { result, load, orchestrator, server } = await plannedBy([sound]);
    const before = (await load()).tasks.get('plan');
    await orchestrator.retryRun(result.workflow_id, { task: 'plan/1/test' });
    const { tasks, statuses } = await load();
    expect(statuses).toMatchObject({ plan: 'completed', 'plan/1/test': 'completed' });
    expect(before?.turn).toBeDefined();
    expect(tasks.get('plan')).toMatchObject({ turn: before?.turn, outputs: before?.outputs });
    expect(server.requests.filter(({ taskType }) => taskType === 'plan')).toHaveLength(1);
  });

  it('fails where one of its steps does, and names it', async () => {
    const lost = planned({ id: 'lost', task_type: 'testing', role: 'qa_engineer', description: 'Sing.' });
    const { result, tasks, statuses } = await plannedBy([JSON.stringify({ steps: [lost] })], {}, { testing: 'Sorry, I cannot do that.' });
    expect(result.status).toBe('failed');
    expect(statuses).toEqual({ plan: 'failed', 'plan/1/lost': 'failed', after: 'skipped' });
    expect(tasks.get('plan')?.error).toMatchObject({
      code: 'plan.step_failed',
      message: `plan/1/lost: ${tasks.get('plan/1/lost')?.error?.message}`,
    });
  });

  it('needs roles that are played, before anything begins', async () => {
    const allow = { roles: ['juggler'], task_types: ['implementation'] };
    await expect(plannedBy([sound], { allow })).rejects.toThrow('needs juggler, and nobody on the team plays this role');
  });
});

describe('a plan that a person approves', () => {
  it('waits for the person before anything of it is done, and is done as it stands then', async () => {
    const { result, statuses, load, orchestrator, workspace } = await plannedBy([sound], { approve: true });
    expect(result.status).toBe('waiting');
    expect(statuses).toEqual({ plan: 'waiting', 'plan/approval': 'waiting', after: 'pending' });
    const { question } = (await load()).tasks.get('plan/approval')!;
    expect(question?.shown.map(({ path }) => path)).toEqual(['01-plan.json']);
    expect(readFileSync(join(workspace, 'output/generated', result.workflow_id, '01-plan.json'), 'utf8')).toContain('"Build the bells."');

    const edited = JSON.stringify({ steps: [planned({ description: 'Build quiet bells.' })] });
    await decideRun(orchestrator, result.workflow_id, { decision: 'approved', edits: [{ path: '01-plan.json', content: edited }] });
    await orchestrator.resumeRun(result.workflow_id);
    const after = await load();
    expect(after.statuses).toEqual({ plan: 'completed', 'plan/approval': 'completed', 'plan/1/build': 'completed', after: 'completed' });
    expect(after.tasks.get('plan/1/build')?.description).toBe('Build quiet bells.');
  });

  it('is not done where the person made it one that is not allowed', async () => {
    const { result, load, orchestrator } = await plannedBy([sound], { approve: true });
    const edited = JSON.stringify({ steps: [planned({ role: 'hacker' })] });
    await decideRun(orchestrator, result.workflow_id, { decision: 'approved', edits: [{ path: '01-plan.json', content: edited }] });
    await orchestrator.resumeRun(result.workflow_id);
    const { tasks, statuses } = await load();
    expect(statuses).toMatchObject({ plan: 'failed', after: 'skipped' });
    expect(tasks.get('plan')?.error).toMatchObject({ code: 'plan.not_valid' });
    expect(tasks.get('plan')?.error?.message).toBe(
      'The plan in 01-plan.json was approved and cannot be done: steps[0].role: unknown value "hacker"; use one of developer, qa_engineer.',
    );
  });

  it('is not done where the person says no', async () => {
    const { result, load, orchestrator } = await plannedBy([sound], { approve: true });
    for (let round = 1; round <= 5; round += 1) {
      await decideRun(orchestrator, result.workflow_id, { decision: 'rejected', comment: 'No bells.' });
      await orchestrator.resumeRun(result.workflow_id);
    }
    const { tasks, statuses } = await load();
    expect(statuses).toMatchObject({ plan: 'failed', 'plan/approval': 'failed', after: 'skipped' });
    expect(tasks.get('plan')?.error).toMatchObject({
      code: 'plan.not_approved',
      message: `plan/approval: ${tasks.get('plan/approval')?.error?.message}`,
    });
  });

  it('is asked for anew by a retry, and approved anew', async () => {
    const other = JSON.stringify({ steps: [planned({ description: 'Build soft bells.' })] });
    const { result, load, orchestrator } = await plannedBy([sound, other], { approve: true });
    const run = result.workflow_id;
    const edited = JSON.stringify({ steps: [planned({ role: 'hacker' })] });
    await decideRun(orchestrator, run, { decision: 'approved', edits: [{ path: '01-plan.json', content: edited }] });
    await orchestrator.resumeRun(run);
    expect((await load()).statuses['plan']).toBe('failed');
    await orchestrator.retryRun(run, { whileWaiting: 'rest' });
    expect((await load()).statuses).toEqual({
      plan: 'waiting',
      'plan/approval': 'skipped',
      'plan/approval_1': 'waiting',
      after: 'pending',
    });
    await decideRun(orchestrator, run, { decision: 'approved' });
    expect((await orchestrator.resumeRun(run)).status).toBe('completed');
    expect((await load()).tasks.get('plan/1/build')?.description).toBe('Build soft bells.');
  });
});
