import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportRun } from '../../src/operations/export-run.ts';
import { importRun } from '../../src/operations/import-run.ts';
import { listRuns } from '../../src/operations/list-runs.ts';
import { removeRun } from '../../src/operations/remove-run.ts';
import { signalRun } from '../../src/operations/signal-run.ts';
import { withWorkspace } from '../../src/operations/workspace.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a workspace', () => {
  it('without a journal is refused, and gets none', async () => {
    const workspace = temporaryFolder();
    await expect(withWorkspace({ workspace }, () => Promise.resolve())).rejects.toMatchObject({ code: 'run.not_found' });
    await expect(exportRun({ workspace })).rejects.toMatchObject({ code: 'run.not_found' });
    expect(existsSync(join(workspace, '.multiagent'))).toBe(false);
  });

  it('is an orchestrator, whose journal stays open', async () => {
    const { orchestrator, engine } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    const { workflow_id: run } = await engine.executeWorkflow('analysis', 'A todo list.');
    const listed = await withWorkspace(orchestrator, ({ outputFolder, ...workspace }) => {
      expect(outputFolder).toBe(orchestrator.outputFolder);
      return listRuns(workspace);
    });
    expect(listed).toMatchObject([{ run, status: 'completed' }]);
    expect((await orchestrator.loadRun(run)).run).toBe(run);
  });

  it('takes a run in that was exported from another one, with its files, and removes it again', async () => {
    const { orchestrator, engine } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    const { workflow_id: run } = await engine.executeWorkflow('analysis', 'A todo list.');
    const text = JSON.stringify(await exportRun(orchestrator, run));
    const place = { workspace: temporaryFolder() };
    const imported = await importRun(place, text);
    expect(imported).toMatchObject({ run, how: 'imported', missing: { events: 0, contents: [] } });
    expect(imported.files.written.length).toBeGreaterThan(0);
    for (const path of imported.files.written) expect(existsSync(join(place.workspace, 'output', 'generated', run, path))).toBe(true);
    expect(await importRun(place, text)).toMatchObject({ how: 'identical', files: { written: [] } });

    const removed = await withWorkspace(place, (workspace) => removeRun(workspace, run));
    expect(removed).toMatchObject({ kept: [] });
    expect(existsSync(removed.folders.generated)).toBe(false);
    expect(await withWorkspace(place, (workspace) => listRuns(workspace))).toEqual([]);
  });

  it('has no run to send a signal to but its own', async () => {
    const { orchestrator } = await teamOnFake();
    await expect(signalRun(orchestrator, 'r', 'go')).rejects.toMatchObject({ code: 'run.not_found' });
    expect(await orchestrator.store.lastSignal('run:r')).toBe(0);
  });
});
