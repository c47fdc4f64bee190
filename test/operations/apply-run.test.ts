import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyRun, previewApply, requireCommit } from '../../src/operations/apply-run.ts';
import { undoApply } from '../../src/operations/undo-run.ts';
import { own } from '../support/run-events.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const other = { host: 'elsewhere', pid: 7, nonce: 'other' };

/** A bug fix that wrote `a.py`, tests and notes. */
async function fixedRun(stateFolder?: string) {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    orchestrator: { stateFolder },
    server: {
      reply: ({ taskType }) => {
        if (taskType === 'bug_fix') return block('a.py', 'a = 2\n');
        if (taskType === 'regression_testing') return block('test_a.py', 'def test_a():\n    assert True\n');
        return taskType === 'release_notes' ? '```markdown:NOTES.md\n# Mended\n```\n' : 'The sum begins with one.';
      },
    },
  });
  const { workflow_id: run } = await team.engine.executeWorkflow('bug_fix', 'The total is wrong.', {
    files: [{ path: 'a.py', content: 'a = 1\n' }],
  });
  const place = (path: string) => join(team.workspace, path);
  return { ...team, run, place, read: (path: string) => readFileSync(place(path), 'utf8') };
}

describe('bringing the files of a run into the project', () => {
  it('shows what would change and writes nothing; then writes just that, and takes it back', async () => {
    const { orchestrator, run, place, read } = await fixedRun();
    writeFileSync(place('a.py'), 'a = 1\n');
    const preview = await previewApply(orchestrator, run);
    expect(preview.plan.changes.map(({ path, before }) => `${before === undefined ? 'new' : 'changed'} ${path}`).toSorted()).toEqual([
      'changed a.py',
      'new NOTES.md',
      'new test_a.py',
    ]);
    expect([read('a.py'), existsSync(place('NOTES.md'))]).toEqual(['a = 1\n', false]);
    const { backup, commit } = await applyRun(orchestrator, preview);
    expect([read('a.py'), read('NOTES.md'), existsSync(backup ?? ''), commit]).toEqual(['a = 2\n', '# Mended\n', true, undefined]);
    expect(await undoApply(orchestrator, run)).toMatchObject({ restored: ['a.py'], untouched: [] });
    expect([read('a.py'), existsSync(place('NOTES.md'))]).toEqual(['a = 1\n', false]);
    await expect(undoApply(orchestrator, run)).rejects.toMatchObject({ code: 'undo.nothing' });
  });

  it('commits what an apply has written that was killed before its commit, and nothing more than once', async () => {
    const { orchestrator, run, place, workspace } = await fixedRun();
    const git = (...args: string[]) => execFileSync('git', args, { cwd: workspace, encoding: 'utf8' });
    git('init', '--quiet');
    for (const [name, value] of Object.entries({ 'user.name': 'A', 'user.email': 'a@example.com' })) git('config', name, value);
    writeFileSync(place('a.py'), 'a = 1\n');
    git('add', 'a.py');
    git('commit', '--quiet', '--message=first');
    await applyRun(orchestrator, await previewApply(orchestrator, run));
    const commit = { environment: process.env };
    const first = await applyRun(orchestrator, await previewApply(orchestrator, run), { commit });
    expect(first).toMatchObject({ backup: undefined, commit: { commit: git('rev-parse', '--short', 'HEAD').trim() } });
    expect(git('show', '--format=', '--name-only').trim().split('\n')).toEqual(['NOTES.md', 'a.py', 'test_a.py']);
    expect(await applyRun(orchestrator, await previewApply(orchestrator, run), { commit })).toEqual({});
    expect(git('rev-list', '--count', 'HEAD')).toBe('2\n');
    expect((await undoApply(orchestrator, run)).commit).toBe(first.commit?.commit);
  });

  it('takes files and folders by name, and says which it has not', async () => {
    const { orchestrator, run } = await fixedRun();
    const { plan } = await previewApply(orchestrator, run, { only: ['NOTES.md'] });
    expect(plan.changes.map(({ path }) => path)).toEqual(['NOTES.md']);
    await expect(previewApply(orchestrator, run, { only: ['b.py'] })).rejects.toMatchObject({ code: 'usage' });
  });

  it('refuses a file that somebody changed, and writes nothing of what is not as it was shown', async () => {
    const { orchestrator, run, place, read } = await fixedRun();
    writeFileSync(place('a.py'), 'a = 3\n');
    const refused = await previewApply(orchestrator, run);
    expect(refused.plan.conflicts.map(({ path }) => path)).toEqual(['a.py']);
    await expect(requireCommit(orchestrator, refused, { environment: {} })).rejects.toMatchObject({ code: 'apply.not_whole' });

    const preview = await previewApply(orchestrator, run, { conflicts: 'overwrite' });
    writeFileSync(place('a.py'), 'a = 4\n');
    await expect(applyRun(orchestrator, preview)).rejects.toMatchObject({ code: 'apply.changed' });
    expect([read('a.py'), existsSync(place('NOTES.md'))]).toEqual(['a = 4\n', false]);
    expect(await orchestrator.store.listLeases(), 'the run is let go all the same').toEqual([]);
  });

  it('leaves a run alone on which somebody works', async () => {
    const { orchestrator, run, workspace } = await fixedRun();
    const preview = await previewApply(orchestrator, run);
    await own(orchestrator.store, run, other as never);
    await expect(previewApply(orchestrator, run)).rejects.toMatchObject({ code: 'run.live' });
    await expect(applyRun(orchestrator, preview)).rejects.toMatchObject({ code: 'run.live' });
    expect(readdirSync(workspace)).not.toContain('NOTES.md');
  });

  it('of a run that was not begun here has to be said', async () => {
    const { orchestrator, run, workspace, read } = await fixedRun(temporaryFolder());
    const { OwnRuns } = await import('../../src/state/origin/own-runs.ts');
    const { store } = orchestrator;
    const elsewhere = { store, workspace, outputFolder: orchestrator.outputFolder, ownRuns: new OwnRuns(temporaryFolder()) };
    const preview = await previewApply(elsewhere, run);
    await expect(applyRun(elsewhere, preview)).rejects.toMatchObject({ code: 'run.foreign' });
    expect(readdirSync(workspace)).not.toContain('NOTES.md');
    await applyRun(elsewhere, preview, { trust: true });
    expect(read('NOTES.md')).toBe('# Mended\n');
  });
});
