import { join } from 'node:path';
import { expect, it } from 'vitest';
import { foldersOfRun } from '../../../src/orchestrator/run/folders-of-run.ts';
import { OwnRuns } from '../../../src/state/origin/own-runs.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { started, writeRun } from '../../support/run-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function stateWith(output: string) {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [started('r')]);
  return { ...(await foldRun(store.read('run:r'))), output };
}

it('results in the workspace are reached from there without a link', async () => {
  const workspace = temporaryFolder();
  const folders = await foldersOfRun(await stateWith('output'), { workspace });
  expect(folders).toMatchObject({ output: join(workspace, 'output'), within: workspace });
});

it.each(['..', '../elsewhere', '/elsewhere', 'output/../../elsewhere'])(
  'a journal does not say that results lie outside of the workspace: %s',
  async (output) => {
    const workspace = temporaryFolder();
    await expect(foldersOfRun(await stateWith(output), { workspace, outputFolder: join(workspace, 'output') })).rejects.toMatchObject({
      code: 'run.elsewhere',
      hint: expect.stringContaining('output_directory') as string,
    });
  },
);

it('a person may have them elsewhere: today, or where they began the run', async () => {
  const [workspace, elsewhere] = [temporaryFolder(), temporaryFolder()];
  const state = await stateWith(elsewhere);
  expect(await foldersOfRun(state, { workspace, outputFolder: elsewhere })).toMatchObject({ output: elsewhere, within: elsewhere });
  const ownRuns = new OwnRuns(temporaryFolder());
  await ownRuns.keep(state, 'trusted');
  await expect(foldersOfRun(state, { workspace, ownRuns })).rejects.toMatchObject({ code: 'run.elsewhere' });
  await ownRuns.keep(state, 'own');
  expect(await foldersOfRun(state, { workspace, ownRuns })).toMatchObject({ output: elsewhere, within: elsewhere });
});
