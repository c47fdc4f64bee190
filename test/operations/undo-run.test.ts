import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileVersions } from '../../src/orchestrator/artifacts/file-versions.ts';
import { RunFolder } from '../../src/files/disk/run-folder.ts';
import { runFolders } from '../../src/orchestrator/journal/run-folders.ts';
import { standingFiles } from '../../src/orchestrator/artifacts/standing-files.ts';
import { taskChanges } from '../../src/orchestrator/artifacts/task-changes.ts';
import { undoRun } from '../../src/operations/undo-run.ts';
import { verifyFiles } from '../../src/orchestrator/artifacts/verify-files.ts';
import { hashContent } from '../../src/utils/hash-content.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const replies = replyAsTeam();
const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;

/** A bug fix: `bug_fix` writes a.py and b.py, `regression_testing` writes a.py anew and t.py. */
async function ended() {
  const { engine, orchestrator, workspace } = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: {
      reply: (request) => {
        if (request.taskType === 'bug_fix') return `${block('a.py', 'a = 1\n')}\n${block('b.py', 'b = 1\n')}`;
        if (request.taskType === 'regression_testing') return `${block('a.py', 'a = 2\n')}\n${block('tests/t.py', 't = 1\n')}`;
        return replies(request);
      },
    },
  });
  const { workflow_id: run, workflow_type: workflow } = await engine.executeWorkflow('bug_fix', 'It crashes.');
  const folders = runFolders({ output: join(workspace, 'output'), run, workflow });
  const file = (path: string) => join(folders.generated, path);
  return {
    run,
    workspace,
    folders,
    state: () => orchestrator.loadRun(run),
    undo: (task?: string) => undoRun(orchestrator, run, { task }),
    file,
    read: (path: string) => (existsSync(file(path)) ? readFileSync(file(path), 'utf8') : undefined),
  };
}

describe('taking back the files of a run', () => {
  it('removes what a task wrote, restores what it replaced, and says so in the journal and the result', async () => {
    const { undo, read, state, folders } = await ended();
    await undo('regression_testing');
    expect([read('a.py'), read('b.py'), read('tests/t.py')]).toEqual(['a = 1\n', 'b = 1\n', undefined]);
    expect(existsSync(join(folders.generated, 'tests'))).toBe(false);
    const after = await state();
    expect(standingFiles(after).map(({ path, task }) => [path, task])).toContainEqual(['a.py', 'bug_fix']);
    expect((await verifyFiles(after, new RunFolder(folders.generated))).every(({ found }) => found === 'same')).toBe(true);
    expect(
      fileVersions(after)
        .filter(({ place }) => place === 'undone')
        .map(({ artifact }) => artifact.path),
    ).toEqual(['a.py', 'tests/t.py']);
    const result = JSON.parse(readFileSync(folders.result, 'utf8')) as { tasks: Record<string, { result: { files_created: unknown[] } }> };
    expect(result.tasks['regression_testing']?.result.files_created).toEqual([]);
  });

  it('changes nothing where the journal has lost what stood before', async () => {
    const { undo, read, workspace } = await ended();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(join(workspace, '.multiagent', 'state.db'), { enableForeignKeyConstraints: false });
    database.prepare('DELETE FROM content WHERE sha256 = ?').run(hashContent(Buffer.from('a = 1\n')));
    database.close();
    await expect(undo('regression_testing')).rejects.toMatchObject({
      code: 'undo.content_missing',
      message: 'The journal no longer holds the earlier content of a.py.',
      hint: expect.stringContaining('Undo the whole run') as string,
    });
    expect([read('a.py'), read('tests/t.py')]).toEqual(['a = 2\n', 't = 1\n']);
  });

  it('leaves the version of a later step where the task that is undone came before it', async () => {
    const { undo, read } = await ended();
    const { replaced } = await undo('bug_fix');
    expect(replaced).toEqual(['a.py']);
    expect([read('a.py'), read('b.py')]).toEqual(['a = 2\n', undefined]);
    await undo('regression_testing');
    expect(read('a.py')).toBeUndefined();
  });

  it('removes everything that a run wrote, once', async () => {
    const { undo, state, folders } = await ended();
    await undo();
    expect(standingFiles(await state())).toEqual([]);
    expect(await verifyFiles(await state(), new RunFolder(folders.generated))).toEqual([]);
    await expect(undo()).rejects.toMatchObject({ code: 'undo.nothing' });
  });

  it('touches nothing where a person has edited one of the files', async () => {
    const { undo, read, file, state } = await ended();
    writeFileSync(file('b.py'), 'mine\n');
    await expect(undo()).rejects.toMatchObject({ code: 'undo.edited', message: expect.stringContaining(': b.py.') });
    expect([read('a.py'), read('b.py')]).toEqual(['a = 2\n', 'mine\n']);
    expect(fileVersions(await state()).some(({ place }) => place === 'undone')).toBe(false);
  });

  it('can be done again after it was broken off between the disk and the journal', async () => {
    const { undo, file, state } = await ended();
    rmSync(file('a.py'));
    await undo();
    expect(standingFiles(await state())).toEqual([]);
  });
});

describe('the manifest', () => {
  it('has both versions of a file that two tasks wrote', async () => {
    const { state } = await ended();
    const versions = fileVersions(await state()).filter(({ artifact }) => artifact.path === 'a.py');
    expect(versions.map(({ artifact, place }) => [artifact.task, artifact.outcome, place])).toEqual([
      ['bug_fix', 'created', 'replaced'],
      ['regression_testing', 'updated', 'stands'],
    ]);
  });

  it('tells what a task changed, against what stood when the steps before had ended', async () => {
    const { state } = await ended();
    const after = await state();
    const [first] = taskChanges(after, 'bug_fix');
    expect(taskChanges(after, 'bug_fix').map(({ path, before }) => [path, before])).toEqual([
      ['a.py', undefined],
      ['b.py', undefined],
    ]);
    expect(taskChanges(after, 'regression_testing')[0]).toMatchObject({ path: 'a.py', before: first?.after });
  });

  it('tells which files are missing or edited', async () => {
    const { state, folders, file } = await ended();
    writeFileSync(file('a.py'), 'mine\n');
    rmSync(file('b.py'));
    const found = (await verifyFiles(await state(), new RunFolder(folders.generated))).map((one) => [one.path, one.found]);
    expect(found).toContainEqual(['a.py', 'edited']);
    expect(found).toContainEqual(['b.py', 'missing']);
    expect(found).toContainEqual(['tests/t.py', 'same']);
  });
});
