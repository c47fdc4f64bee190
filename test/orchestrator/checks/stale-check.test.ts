import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRun } from '../../../src/operations/check-run.ts';
import { outcomeLines } from '../../../src/cli/views/outcome.ts';
import { runFolders } from '../../../src/orchestrator/journal/run-folders.ts';
import type { WorkflowResult } from '../../../src/orchestrator/results/run-result.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const tests = block('test_a.py', 'def test_a():\n    assert True\n');
const check = { command: 'cat a.py', timeoutMilliseconds: 60_000, environment: {} };

/** A bug fix whose developer writes another number each time that it is asked. */
async function checkedRun() {
  let times = 0;
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: {
      reply: ({ taskType }) => {
        if (taskType === 'bug_fix') return block('a.py', `total = ${(times += 1)}\n`);
        if (taskType === 'regression_testing') return tests;
        return taskType === 'release_notes' ? '```markdown:NOTES.md\n# Mended\n```\n' : 'The sum begins with one.';
      },
    },
  });
  const { workflow_id: run, workflow_type: workflow } = await team.engine.executeWorkflow('bug_fix', 'The total is wrong.');
  const folders = runFolders({ output: join(team.workspace, 'output'), run, workflow });
  const summary = () => readFileSync(folders.summary, 'utf8');
  const shown = (result: WorkflowResult) => outcomeLines(result, folders, team.workspace).join('\n');
  return { ...team, run, folders, summary, shown, first: await checkRun(team.orchestrator, run, check) };
}

describe('a check of the files of a run', () => {
  it('records the files that it saw, and speaks for them', async () => {
    const { first, summary, shown } = await checkedRun();
    const [{ files, ...rest } = { files: null }] = first.checks;
    expect(rest).toMatchObject({ outcome: 'passed', output: 'total = 1\n', stale: false, changed_since: [] });
    expect(files).toContainEqual({ path: 'a.py', sha256: hashContent('total = 1\n') });
    expect(files?.map(({ path }) => path).toSorted()).toEqual(['01-bug_analysis.md', 'NOTES.md', 'a.py', 'test_a.py']);
    expect(`${summary()}${shown(first)}`).not.toMatch(/stale|not run/i);
  });

  it('is shown as stale wherever it is shown, once the files are others', async () => {
    const { orchestrator, run, folders, summary, shown } = await checkedRun();
    const result = await orchestrator.retryRun(run, { task: 'bug_fix' });
    const stale = 'Stale: a.py changed since, so this does not speak for the files as they are now.';
    expect(result.checks).toMatchObject([{ outcome: 'passed', stale: true, changed_since: ['a.py'] }]);
    expect(summary()).toContain(stale);
    expect(shown(result)).toContain(stale);
    expect(shown(result)).toContain('Tests have not been run since the files changed.');
    expect(JSON.parse(readFileSync(folders.result, 'utf8'))).toMatchObject({ checks: [{ stale: true }] });

    const again = await checkRun(orchestrator, run, check);
    expect(again.checks.map(({ stale }) => stale)).toEqual([true, false]);
    expect(shown(again)).not.toContain('Tests were');
  });

  it('that saw what a person had changed speaks for that', async () => {
    const { orchestrator, run, folders } = await checkedRun();
    writeFileSync(join(folders.generated, 'a.py'), 'total = 0\n');
    const { checks } = await checkRun(orchestrator, run, check);
    expect(checks.map(({ stale }) => stale)).toEqual([true, false]);
    expect(checks[1]?.files).toContainEqual({ path: 'a.py', sha256: hashContent('total = 0\n') });
  });
});
