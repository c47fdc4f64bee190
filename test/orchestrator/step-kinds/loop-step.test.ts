import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { analysis, teamWithSteps } from './team-with-steps.ts';

const build = { id: 'build', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' as const };
const review = { id: 'review', kind: 'check', description: 'Review it.', role: 'qa_engineer', criteria: ['It works.'] };
const rework = { ...build, id: 'rework', task_type: 'bug_fix', depends_on: ['review'], when: "steps.review.verdict != 'approved'" };
const rounds = (options: object = {}) => ({
  id: 'rounds',
  kind: 'loop',
  description: 'Review until it is approved.',
  until: "steps.review.verdict == 'approved'",
  steps: [review, rework],
  depends_on: ['build'],
  ...options,
});

const verdict = (text?: string) =>
  text === undefined
    ? '{"verdict": "approved", "findings": []}'
    : JSON.stringify({ verdict: 'needs_work', findings: [{ file: '', line: 0, severity: 'major', text }] });

/** A team whose judge says these one after the other, and whose developer writes another file each time unless it is given. */
async function looped(verdicts: string[], options: object = {}, contents: string[] = []) {
  const left = { verdicts: [...verdicts], contents: [...contents] };
  let count = 0;
  const reply = ({ taskType }: RequestRecord) => {
    if (taskType === 'check') return left.verdicts.shift() ?? verdict('no more');
    if (taskType !== 'implementation' && taskType !== 'bug_fix')
      return `# Words\n\nSomething of its own about ${taskType ?? ''}, which nobody has said before.`;
    return `\`\`\`python:bells.py\n${left.contents.shift() ?? `bells = ${(count += 1)}`}\n\`\`\`\n`;
  };
  const team = await teamWithSteps([build, rounds(options), analysis('after', ['rounds'])] as never, { server: { reply } });
  const result = await team.run();
  const { tasks } = await team.orchestrator.loadRun(result.workflow_id);
  const statuses = Object.fromEntries([...tasks].map(([name, { status }]) => [name, status]));
  return { ...team, result, tasks, statuses, rounds: tasks.get('rounds') };
}

describe('a loop', () => {
  it('does its steps until the condition holds; conditions within it see the steps of the same iteration', async () => {
    const { statuses, rounds: task, result } = await looped([verdict('It is slow.'), verdict()]);
    expect(result.status).toBe('completed');
    expect(statuses).toEqual({
      build: 'completed',
      rounds: 'completed',
      'rounds/1/review': 'completed',
      'rounds/1/rework': 'completed',
      'rounds/2/review': 'completed',
      'rounds/2/rework': 'skipped',
      after: 'completed',
    });
    expect(task?.outputs).toMatchObject({ iterations: 2, ended: 'condition', steps: { review: { outputs: { verdict: 'approved' } } } });
    expect(task?.because).toBe(`"steps.review.verdict == 'approved'" holds after 2 iterations.`);
  });

  it('ends without progress where the author only repeats the files, and does not fail', async () => {
    const same = ['bells = 1', 'bells = 1', 'bells = 1', 'bells = 1', 'bells = 1'];
    const { rounds: task, statuses, result } = await looped([verdict('It is slow.'), verdict('Still slow.')], { max_iterations: 9 }, same);
    expect([result.status, statuses['rounds/1/rework'], statuses['rounds/2/rework']]).toEqual(['completed', 'completed', 'completed']);
    expect(task?.outputs).toMatchObject({ iterations: 2, ended: 'no_progress' });
  });

  it('each iteration comes after the one before it', async () => {
    const { tasks } = await looped([verdict('It is slow.'), verdict()]);
    expect(tasks.get('rounds/1/review')?.dependencies).toEqual(['build']);
    expect(tasks.get('rounds/2/review')?.dependencies).toEqual(['build', 'rounds/1/rework']);
  });

  it('ends at its bound, and says so; with on_limit: fail it fails there', async () => {
    const verdicts = ['a', 'b', 'c'].map((name) => verdict(`It lacks ${name}.`));
    const { rounds: task, result, statuses } = await looped(verdicts, { max_iterations: 2 });
    expect([result.status, statuses['after']]).toEqual(['completed', 'completed']);
    expect(task?.outputs).toMatchObject({ iterations: 2, ended: 'limit' });
    expect(task?.because).toBe(`"steps.review.verdict == 'approved'" still does not hold after 2 iterations, the most that are allowed.`);
    const failed = await looped(verdicts, { max_iterations: 2, on_limit: 'fail' });
    expect([failed.result.status, failed.statuses['after']]).toEqual(['failed', 'skipped']);
    expect(failed.rounds?.error).toMatchObject({ code: 'loop.limit', message: task?.because });
  });

  it('ends where an iteration finds the same as one before it', async () => {
    const { rounds: task } = await looped([verdict('It is slow.'), verdict('It is  slow!'), verdict()], { max_iterations: 9 });
    expect(task?.outputs).toMatchObject({ iterations: 2, ended: 'no_progress' });
    expect(task?.because).toContain('Iteration 2 has the same findings as iteration 1. "steps.review');
  });

  it('ends where an iteration leaves the files that an earlier one has left, also in a circle', async () => {
    const verdicts = ['a', 'b', 'c', 'd'].map((name) => verdict(`It lacks ${name}.`));
    const { rounds: task } = await looped(verdicts, { max_iterations: 9 }, ['start', 'one', 'two', 'one']);
    expect(task?.outputs).toMatchObject({ iterations: 3, ended: 'no_progress' });
    expect(task?.because).toContain('Iteration 3 leaves the same files as iteration 1.');
  });

  it('ends where an iteration only repeats what the one before it has left', async () => {
    const verdicts = ['a', 'b', 'c', 'd'].map((name) => verdict(`It lacks ${name}.`));
    const contents = ['bells = 1', 'bells = 2', 'bells = 2', 'bells = 2', 'bells = 2', 'bells = 2'];
    const { rounds: task } = await looped(verdicts, { max_iterations: 9 }, contents);
    expect(task?.outputs).toMatchObject({ iterations: 2, ended: 'no_progress' });
    expect(task?.because).toContain('Iteration 2 leaves the same files as iteration 1.');
  });

  it('fails there with on_limit: fail, since its condition does not hold', async () => {
    const {
      rounds: task,
      result,
      statuses,
    } = await looped([verdict('It is slow.'), verdict('It is  slow!')], {
      max_iterations: 9,
      on_limit: 'fail',
    });
    expect([result.status, statuses['after']]).toEqual(['failed', 'skipped']);
    expect(task?.error).toMatchObject({
      code: 'loop.no_progress',
      message: expect.stringMatching(/^Iteration 2 has the same findings as iteration 1\. .*the loop ends without it\.$/) as string,
      hint: expect.stringContaining('multiagent retry') as string,
    });
  });

  it('with while it may do nothing at all', async () => {
    const options = { until: undefined, while: "steps.build.status != 'completed'" };
    const { rounds: task, statuses } = await looped([], options);
    expect(Object.keys(statuses)).toEqual(['build', 'rounds', 'after']);
    expect(task).toMatchObject({ status: 'completed', outputs: { iterations: 0, ended: 'condition' } });
  });

  it('counts for while, too', async () => {
    const options = { until: undefined, while: 'iteration < 2', steps: [{ id: 'pause', kind: 'wait', description: 'Wait.', seconds: 1 }] };
    const { tasks } = await looped([], options);
    expect(tasks.get('rounds')?.outputs).toMatchObject({ iterations: 2, ended: 'condition' });
  });

  it('fails where a step of it does, and a retry does that step again and nothing that was done', async () => {
    const { result, rounds: task, orchestrator, events, statuses } = await looped(['no verdict', 'none']);
    expect([result.status, statuses['after']]).toEqual(['failed', 'skipped']);
    expect(task?.error).toMatchObject({ code: 'loop.step_failed' });
    expect(task?.error?.message).toContain('rounds/1/review');
    const seen = events.length;
    await orchestrator.retryRun(result.workflow_id);
    const again = eventsOfType(events.slice(seen), 'task.started').map(({ data }) => data.task);
    expect(again).not.toContain('build');
    expect(again).toContain('rounds/1/review');
  });
});

it.each([
  ['both conditions', { while: 'true' }, 'expected either until or while'],
  ['none', { until: undefined }, 'expected either until or while'],
  ['no steps', { steps: [] }, 'steps'],
  ['a condition that is none', { until: '3' }, 'until'],
  ['an unknown name', { until: "steps.revew.verdict == 'x'" }, 'revew'],
  ['too many iterations', { max_iterations: 101 }, 'max_iterations'],
  ['a step within it that is wrong', { steps: [{ ...review, role: 3 }] }, 'steps[1].steps[0].role: expected a text'],
  ['a circle within it', { steps: [{ ...review, depends_on: ['review'] }] }, 'steps[1].steps[0]: review depends on itself'],
  ['an id that is used outside', { steps: [{ ...review, id: 'build' }] }, 'the id build is used twice'],
])('is refused with %s when the workflow is registered', async (_, options, message) => {
  await expect(teamWithSteps([build, rounds(options)] as never)).rejects.toThrow(message);
});

it('goes on after a restart in the iteration that it was in, and asks nothing twice', async () => {
  const pause = { id: 'pause', kind: 'wait', description: 'Wait.', signal: 'go', depends_on: ['look'] };
  const steps = [analysis('look'), pause];
  const loop = rounds({ until: 'iteration == 2', steps, depends_on: [] });
  const texts = ['One says this about the work, and nothing else.', 'Two says that about other things, which are new.'];
  const { run, waiting, workspace, server, events } = await teamWithSteps([loop] as never, {
    server: { reply: () => texts.shift() ?? 'no more' },
  });
  const stop = new AbortController();
  const running = run(stop.signal);
  const id = await waiting('rounds/1/pause');
  stop.abort(new Error('stopped'));
  expect((await running).status).toBe('interrupted');

  const config = { workspace, output_directory: `${workspace}/output`, llm_base_url: server.address };
  const second = new AgentOrchestrator({ workspace, config, onEvent: (event) => events.push(event) });
  onTestFinished(() => second.close());
  await second.signalRun(id, 'go');
  await second.signalRun(id, 'go');
  const result = await second.resumeRun(id);
  expect(result.status).toBe('completed');
  expect(server.requests).toHaveLength(2);
  expect(eventsOfType(events, 'task.added').map(({ data }) => data.task)).toEqual([
    'rounds',
    'rounds/1/look',
    'rounds/1/pause',
    'rounds/2/look',
    'rounds/2/pause',
  ]);
});
