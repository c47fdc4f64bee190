import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startRun } from '../../../src/operations/start-run.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { teamWithSteps } from '../step-kinds/team-with-steps.ts';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { block, checkedTeam } from './checked-team.ts';

describe.skipIf(noSandbox !== undefined)(`a command that checks the work${skipNote}`, () => {
  it('runs at the end of each step that changed programs or tests, on what lies there, and its proof is told everywhere', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'ls; grep -q 1 a.py' } });
    const result = await team.fix();
    expect(team.commands()).toEqual(['bug_fix/2', 'regression_testing/2']);
    expect(result.status).toBe('completed');
    expect(result.checks).toMatchObject([
      { step: 'bug_fix', verdict: 'passed', exit_code: 0, output: 'a.py\n', sandbox: 'bubblewrap', fresh: false },
      { step: 'regression_testing', verdict: 'passed', exit_code: 0, output: 'a.py\ntest_a.py\n', fresh: true },
    ]);
    expect(result.checks[0]?.files).toEqual([{ path: 'a.py', sha256: hashContent('total = 1\n') }]);
    expect(result.verification).toEqual({ outcome: 'passed', sentences: ["'ls; grep -q 1 a.py' passes (fresh)."] });
    expect(team.told(result)).toContain("'ls; grep -q 1 a.py' passes (fresh).");
    expect(team.summaryOf(result)).toContain("'ls; grep -q 1 a.py' passes (fresh).");
    expect(team.plain()).toContain("'ls; grep -q 1 a.py' passes.");
    expect(`${team.told(result)}${team.summaryOf(result)}`).not.toMatch(/not run|not executed/);
  });

  it('that fails leaves the run completed, and says what failed', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'echo the total is 1; exit 3' } });
    const result = await team.fix();
    expect(result).toMatchObject({ status: 'completed', error: null, verification: { outcome: 'failed' } });
    for (const text of [team.told(result), team.summaryOf(result)]) {
      expect(text).toContain('fails with exit code 3 (fresh).');
      expect(text).toContain('the total is 1');
    }
  });

  it('is not run a second time on the same files, whoever asks', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'true' } });
    const first = await team.fix();
    const again = await team.orchestrator.retryRun(first.workflow_id, { task: 'regression_testing' });
    expect(again.checks).toHaveLength(2);
    expect(team.commands()).toHaveLength(2);
    expect(again.verification.outcome).toBe('passed');
  });

  it('is run again once the files are others', async () => {
    const team = await checkedTeam({
      code: [block('a.py', 'total = 1\n'), block('a.py', 'total = 2\n')],
      settings: { verify_command: 'grep -q 2 a.py' },
    });
    const first = await team.fix();
    expect(first.verification.outcome).toBe('failed');
    const again = await team.orchestrator.retryRun(first.workflow_id, { task: 'bug_fix' });
    expect(again.verification).toEqual({ outcome: 'passed', sentences: ["'grep -q 2 a.py' passes (fresh)."] });
    expect(again.checks.map(({ fresh }) => fresh).at(-1)).toBe(true);
  });

  it('sees what the run has read of the project, below what it wrote, and changes nothing of either', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'cat a.py lib/b.py && rm -rf * && touch planted' } });
    const files = [
      { path: 'a.py', content: 'total = 0\n' },
      { path: 'lib/b.py', content: 'b = 0\n' },
    ];
    const result = await startRun(team.orchestrator, { workflow: 'bug_fix', requirement: 'The total is wrong.', files }).result;
    expect(result.checks[0]?.output).toBe('total = 1\nb = 0\n');
    expect(result.checks[0]?.files?.map(({ path }) => path)).toEqual(['a.py', 'lib/b.py']);
    expect(result.checks.at(-1)?.fresh).toBe(true);
    expect(readdirSync(team.folderOf(result)).toSorted()).toEqual(['01-bug_analysis.md', 'NOTES.md', 'a.py', 'test_a.py']);
  });

  it('is ended when its time is over, and told once', async () => {
    const team = await checkedTeam({
      code: block('a.md', '# Mended\n'),
      settings: { verify_command: 'sleep 600', verify_timeout: 0.2 },
    });
    const result = await team.fix();
    expect(result.checks).toMatchObject([{ verdict: 'timed_out', exit_code: null }]);
    expect(result.verification.outcome).toBe('failed');
    expect(team.told(result).match(/still running after 0\.\d s and was ended/g)).toHaveLength(1);
  });

  it('that is not there is told, and nothing is claimed', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'no-such-tool --all' } });
    const result = await team.fix();
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'unchecked' } });
    expect(team.told(result)).toContain("'no-such-tool --all' was not run: no-such-tool is not on this machine.");
  });

  it('of which secrets are printed keeps none', async () => {
    const team = await checkedTeam({
      settings: { verify_command: 'echo sk-0123456789abcdefghij; exit 1', llm_api_key: 'sk-0123456789abcdefghij' },
    });
    const result = await team.fix();
    expect(JSON.stringify(result.checks)).not.toContain('sk-0123456789abcdefghij":');
    expect(result.checks[0]).toMatchObject({ output: '[redacted]\n', why: '[redacted]' });
  });

  it('cannot be laid out where nothing can be written: that is told, and the run goes on', async () => {
    const team = await checkedTeam({ settings: { verify_command: 'true' } });
    vi.stubEnv('TMPDIR', '/proc/nowhere');
    const result = await team.fix().finally(() => vi.unstubAllEnvs());
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'unchecked' } });
    expect(team.told(result)).toMatch(/'true' was not run: .*ENOENT/);
  });
});

describe('what a run asks for of its checks', () => {
  const make = { id: 'make', role: 'developer', task_type: 'implementation', description: 'Write it.', expects: 'files' as const };
  const settings = { sandbox: 'off', verify: 'auto' } as const;

  it('off: nothing is run, and nothing is recorded', async () => {
    const team = await checkedTeam({ settings: { verify: 'off', verify_command: 'true' } });
    const result = await team.fix();
    expect(team.commands()).toEqual([]);
    expect(result).toMatchObject({ checks: [], verification: { outcome: 'unchecked', sentences: [] } });
    expect(team.told(result)).toContain('Tests were written but not run.');
  });

  it('a step has its own command, which wins, or none', async () => {
    const steps = [
      { ...make, verify: 'echo of the step' },
      { ...make, id: 'again', task_type: 'testing', role: 'qa_engineer', verify: 'off', depends_on: ['make'] },
    ];
    const { run, events } = await teamWithSteps(steps, { settings: { ...settings, verify_command: 'echo of the settings' } });
    const result = await run();
    expect(result.checks).toMatchObject([{ step: 'make', command: 'echo of the step', output: 'of the step\n', sandbox: 'off' }]);
    expect(eventsOfType(events, 'task.added').map(({ data }) => data.verify)).toEqual(['echo of the step', 'off']);
    expect(result.verification.outcome).toBe('unchecked');
  });

  it('required: the run fails where a check does', async () => {
    const team = await checkedTeam({ settings: { ...settings, verify: 'required', verify_command: 'exit 1' } });
    const result = await team.fix();
    expect(result.status).toBe('failed');
    expect(result.error).toBe("What the team wrote does not pass its checks: 'exit 1' fails with exit code 1, without a sandbox (fresh).");
  });

  it('required: the run fails where nothing could be checked', async () => {
    const team = await checkedTeam({
      code: block('a.lua', 'total = 1\n'),
      tests: block('test_a.lua', 'function test_total() assert(total == 1) end\n'),
      settings: { ...settings, verify: 'required' },
    });
    const result = await team.fix();
    expect(result.status).toBe('failed');
    expect(result.error).toContain('could not all be checked');
  });

  it('required: the run is completed where all passes', async () => {
    const team = await checkedTeam({ settings: { ...settings, verify: 'required', verify_command: 'true' } });
    expect((await team.fix()).status).toBe('completed');
  });

  it('without a sandbox it works on a copy all the same', async () => {
    const team = await checkedTeam({ settings: { ...settings, verify_command: 'rm -rf *; touch planted; pwd' } });
    const result = await team.fix();
    expect(readdirSync(team.folderOf(result))).not.toContain('planted');
    expect(readdirSync(team.folderOf(result))).toContain('a.py');
    expect(result.checks[0]?.output).not.toContain(join(team.workspace, 'output'));
  });
});
