import { resolve } from 'node:path';
import process from 'node:process';
import { ownStateFolder } from '../../config/own-folders.ts';
import { type Workspace, type WorkspacePlace, withWorkspace } from '../../operations/workspace.ts';
import { OwnRuns } from '../../state/origin/own-runs.ts';
import { loadCommandSettings } from '../load-run-settings.ts';

/** The options of every command that reads runs. */
export interface JournalOptions {
  workspace?: string | undefined;
  config?: string | undefined;
}

/** The workspace that a command was called for. */
export function journalPlace({ workspace, config }: JournalOptions): WorkspacePlace {
  const directory = process.cwd();
  const { settings } = loadCommandSettings({
    path: config,
    directory,
    // Reading runs needs no model server; commands that continue a run load all settings.
    beyondRights: 'leave_out',
    overrides: { workspace: workspace === undefined ? undefined : resolve(directory, workspace) },
  });
  return {
    settings,
    workspace: settings.workspace,
    outputFolder: settings.output_directory,
    ownRuns: new OwnRuns(ownStateFolder(process.env)),
  };
}

/** Runs `work` with the journal of the workspace. @throws what `withWorkspace` throws. */
export function withJournal<Result>(options: JournalOptions, work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
  return withWorkspace(journalPlace(options), work);
}
