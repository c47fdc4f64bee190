import process from 'node:process';
import { ownStateFolder } from '../../config/own-folders.ts';
import type { Workspace, WorkspacePlace } from '../../operations/workspace.ts';
import { OwnRuns } from '../../state/origin/own-runs.ts';
import { type PlaceOptions, placesHere } from '../places-here.ts';

/** The options of every command that reads runs. */
export type JournalOptions = PlaceOptions;

/** The workspace that a command was called for. @throws what `loadSettings` throws. */
export async function journalPlace(options: JournalOptions): Promise<WorkspacePlace> {
  const { workspace, output_directory } = await placesHere(options, process.cwd());
  return { workspace, outputFolder: output_directory, ownRuns: new OwnRuns(ownStateFolder(process.env)) };
}

/** Runs `work` with the journal of the workspace. @throws what `withWorkspace` throws. */
export async function withJournal<Result>(options: JournalOptions, work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
  const place = await journalPlace(options);
  const { withWorkspace } = await import('../../operations/workspace.ts');
  return withWorkspace(place, work);
}
