import { describe, expect, it } from 'vitest';
import { teamOnFake } from '../../support/team-on-fake.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const tests = block('test_a.py', 'def test_a():\n    assert True\n');

/** A bug fix in which each step answers like this, by how often it was asked. */
async function bugFix(requirement: string, answers: Record<string, (time: number) => string>) {
  const times = new Map<string, number>();
  const usual: Record<string, string> = {
    bug_analysis: 'The sum begins with one.',
    bug_fix: block('a.py', 'total = 0\n'),
    regression_testing: tests,
    release_notes: '```markdown:NOTES.md\n# Mended\n```\n',
  };
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: {
      reply: ({ taskType = '' }) => {
        const time = (times.get(taskType) ?? 0) + 1;
        times.set(taskType, time);
        return answers[taskType]?.(time) ?? usual[taskType] ?? '';
      },
    },
  });
  const result = await team.engine.executeWorkflow('bug_fix', requirement, { files: [{ path: 'a.py', content: 'total = 1\n' }] });
  const { tasks, error } = await team.orchestrator.loadRun(result.workflow_id);
  return { ...team, result, times, errorOf: (task?: string) => (task === undefined ? error : tasks.get(task)?.error) };
}

describe('a reply that is not what its step is for', () => {
  it.each([
    ['an empty fence', 'bug_analysis', '```markdown\n```\n', /the reply was empty/, 'reply.empty'],
    ['a file that is only repeated', 'bug_fix', block('a.py', 'total = 1\n'), /only repeated as they stand \(a\.py\)/, 'reply.unchanged'],
    [
      'comments in place of code',
      'bug_fix',
      block('a.py', '# Here the total is to begin with zero.\n# Then all is well.\n'),
      /nothing but comments/,
      'reply.no_files',
    ],
    ['no tests in the tests', 'regression_testing', block('b.py', 'x = 1\n'), /hold no tests/, 'reply.no_files'],
  ])('%s: one corrective turn with other sampling, then the step fails and says why', async (_, taskType, reply, why, code) => {
    const { result, times, server, errorOf } = await bugFix('The total of `a.py` is one too high.', { [taskType]: () => reply });
    expect(times.get(taskType)).toBe(2);
    expect(result.tasks[taskType]).toMatchObject({ status: 'failed', error: expect.stringMatching(why) as string });
    expect(result.status).toBe('failed');
    expect(errorOf(taskType)).toMatchObject({ code, hint: expect.any(String) as string });
    const [first, second] = server.requests
      .filter((request) => request.taskType === taskType)
      .map(({ body }) => body as { temperature: number });
    expect(second!.temperature).toBeGreaterThan(first!.temperature);
  });

  it('is made good by the second one', async () => {
    const { result } = await bugFix('The total of `a.py` is one too high.', {
      bug_fix: (time) => block('a.py', time === 1 ? 'total = 1\n' : 'total = 0\n'),
    });
    expect(result.status).toBe('completed');
  });

  it('lacks a file that the requirement names: the step is told which, and fails without it', async () => {
    const { result, server, errorOf } = await bugFix('Mend `a.py`, and write its list in `list.py`.', {});
    expect(errorOf('bug_fix')?.code).toBe('reply.files_missing');
    expect(result.tasks['bug_fix']?.error).toContain('list.py is missing, which the requirement names');
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('files that do not exist yet: list.py');
  });
});

it('a run whose demanded file does not parse has failed although every task was completed', async () => {
  const { result, errorOf } = await bugFix('Mend `a.py`, and write its list in `list.py`.', {
    bug_fix: () => `${block('a.py', 'total = 0\n')}\n${block('list.py', 'def f(:\n    pass\n')}`,
  });
  expect(Object.values(result.tasks).map(({ status }) => status)).toEqual(Array<string>(4).fill('completed'));
  expect(result).toMatchObject({
    status: 'failed',
    workflow_completed: false,
    error: expect.stringContaining('list.py does not parse') as string,
  });
  expect(errorOf()).toMatchObject({ code: 'run.demands_unmet', hint: expect.stringContaining('multiagent retry') as string });
});
