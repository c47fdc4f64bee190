import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProjectFile } from '../../../src/orchestrator/showing/project-of-run.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';
import { writeProject } from '../../support/store-with-project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Options = Parameters<typeof readProjectFile>;

/** Reads `app.py` as a run would that works on a Git worktree of its own. */
function readInWorktree(workspace: string, prefix: string) {
  const input = { requirement: '', files: [], worktree: { run: 'r1', branch: 'b', prefix, commit: 'c' } };
  const run = {
    journal: { state: { input } },
    commands: { workspace },
    keepContent: (content: Uint8Array) => Promise.resolve(hashContent(content)),
  };
  return readProjectFile(run as unknown as Options[0], { path: 'app.py', sha256: hashContent('a = 1\n') });
}

describe('a file of the project of a run on a Git worktree', () => {
  it.each(['', 'packages/app'])('is read there, and not where the person works (in the folder %j)', async (prefix) => {
    const workspace = temporaryFolder();
    writeProject(workspace, { 'app.py': 'a = 2\n', [join('.multiagent/worktrees/r1', prefix, 'app.py')]: 'a = 1\n' });
    expect(await readInWorktree(workspace, prefix)).toMatchObject({ kind: 'text', text: 'a = 1\n', changed: false });
  });

  it('is not read through a link in the place of the worktree', async () => {
    const workspace = temporaryFolder();
    writeProject(workspace, { 'elsewhere/app.py': 'a = 1\n' });
    mkdirSync(join(workspace, '.multiagent/worktrees'), { recursive: true });
    symlinkSync(join(workspace, 'elsewhere'), join(workspace, '.multiagent/worktrees/r1'));
    expect(await readInWorktree(workspace, '')).toMatchObject({ kind: 'unfit' });
  });
});
