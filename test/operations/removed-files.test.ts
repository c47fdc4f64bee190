import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileVersions } from '../../src/orchestrator/artifacts/file-versions.ts';
import { removedFiles, standingFiles } from '../../src/orchestrator/artifacts/standing-files.ts';
import { taskChanges } from '../../src/orchestrator/artifacts/task-changes.ts';
import { undoRun } from '../../src/operations/undo-run.ts';
import { runFolders } from '../../src/orchestrator/journal/run-folders.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const replies = replyAsTeam();
const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;

/** A bug fix: `bug_fix` writes a.py and b.py, `regression_testing` deletes a.py and writes a test. */
async function ended() {
  const team = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: {
      reply: (request) => {
        if (request.taskType === 'bug_fix') return `${block('a.py', 'a = 1\n')}\n${block('b.py', 'b = 1\n')}`;
        if (request.taskType === 'regression_testing')
          return `\`\`\`\nDELETE a.py\n\`\`\`\n\n${block('test_b.py', 'def test_b():\n    pass\n')}`;
        return replies(request);
      },
    },
  });
  const { orchestrator, engine, workspace } = team;
  const { workflow_id: run, workflow_type: workflow, status } = await engine.executeWorkflow('bug_fix', 'It crashes.');
  expect(status).toBe('completed');
  const folders = runFolders({ output: join(workspace, 'output'), run, workflow });
  const file = (path: string) => join(folders.generated, path);
  return {
    ...team,
    run,
    file,
    state: () => orchestrator.loadRun(run),
    undo: (task?: string) => undoRun(orchestrator, run, { task }),
    read: (path: string) => (existsSync(file(path)) ? readFileSync(file(path), 'utf8') : undefined),
  };
}

it('a file that a step deletes is gone from the folder of the run and from what stands, and its content can be shown', async () => {
  const { state, read, events, orchestrator } = await ended();
  const after = await state();
  expect(read('a.py')).toBeUndefined();
  expect(standingFiles(after).map(({ path }) => path)).not.toContain('a.py');
  expect(removedFiles(after)).toMatchObject([{ path: 'a.py', task: 'regression_testing' }]);
  expect(fileVersions(after).find(({ artifact }) => artifact.path === 'a.py')?.place).toBe('removed');
  const [change] = taskChanges(after, 'regression_testing').filter(({ path }) => path === 'a.py');
  expect(change?.after).toBeUndefined();
  expect(Buffer.from((await orchestrator.store.getContent(change?.before ?? ''))!).toString()).toBe('a = 1\n');
  expect(eventsOfType(events, 'artifact.removed').map(({ data }) => data.path)).toEqual(['a.py']);
});

it('taking the step back restores what the step before had written', async () => {
  const { undo, state, read } = await ended();
  const { files } = await undo('regression_testing');
  expect(files).toContainEqual({ path: 'a.py', from: undefined, to: { task: 'bug_fix', sha256: expect.any(String) } });
  expect(read('a.py')).toBe('a = 1\n');
  const after = await state();
  expect(standingFiles(after).map(({ path }) => path)).toContain('a.py');
  expect(after.removals[0]?.undone).toBeDefined();
});

it('what a person has put there since stays, and nothing is taken back', async () => {
  const { undo, file, read } = await ended();
  writeFileSync(file('a.py'), 'mine = 1\n');
  await expect(undo('regression_testing')).rejects.toMatchObject({ code: 'undo.edited' });
  expect(read('a.py')).toBe('mine = 1\n');
});

it('a run that builds on it has the file neither, and does not bring it back', async () => {
  const { orchestrator, run, workspace } = await ended();
  const refined = await orchestrator.refineRun(run, { request: 'Say hello.' });
  const state = await orchestrator.loadRun(refined.workflow_id);
  expect(removedFiles(state).map(({ path }) => path)).toEqual(['a.py']);
  expect(existsSync(join(workspace, 'output', 'generated', refined.workflow_id, 'a.py'))).toBe(false);
  expect(existsSync(join(workspace, 'output', 'generated', refined.workflow_id, 'b.py'))).toBe(true);
});
