import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { ownStateFolder } from '../../config/own-folders.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { OwnRuns } from '../../state/origin/own-runs.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { SqliteEventStore } from '../../state/store/sqlite-event-store.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { noRuns } from './find-run.ts';

/** The options of every command that looks at runs. */
export interface JournalOptions {
  workspace?: string | undefined;
  config?: string | undefined;
}

export interface JournalPlace {
  settings: Settings;
  /** Absolute. */
  workspace: string;
  /** Absolute: where a person has results written today. */
  outputFolder: string;
  /** Which runs this person began on this machine. */
  ownRuns: OwnRuns;
  path: string;
}

export interface Journal extends JournalPlace {
  store: EventStore;
}

export function journalPlace({ workspace, config }: JournalOptions): JournalPlace {
  const directory = process.cwd();
  const { settings } = loadCommandSettings({
    path: config,
    directory,
    // Looking at runs needs no model server; whoever goes on with one loads all settings.
    beyondRights: 'leave_out',
    overrides: { workspace: workspace === undefined ? undefined : resolve(directory, workspace) },
  });
  return {
    settings,
    workspace: settings.workspace,
    outputFolder: settings.output_directory,
    ownRuns: new OwnRuns(ownStateFolder(process.env)),
    path: join(settings.workspace, '.multiagent', 'state.db'),
  };
}

/**
 * Has `work` use the journal of a workspace. Where there is none, none is made.
 * @throws MultiagentError `run.not_found` where there is no journal; what is wrong with one.
 */
export async function withJournal<Result>(options: JournalOptions, work: (journal: Journal) => Promise<Result>): Promise<Result> {
  const place = journalPlace(options);
  if (!existsSync(place.path)) throw noRuns(`There are no runs in ${place.workspace}.`);
  return useStore(place.path, (store) => work({ store, ...place }));
}

/** Has `work` use a journal. One that may not be written can still be looked at; writing to it then fails. */
export async function useStore<Result>(path: string, work: (store: EventStore) => Promise<Result>): Promise<Result> {
  const store = openStore(path);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function openStore(path: string): EventStore {
  try {
    return SqliteEventStore.open({ path });
  } catch (error) {
    if (!(error instanceof MultiagentError) || error.code !== 'journal.unwritable' || !existsSync(path)) throw error;
    try {
      return SqliteEventStore.open({ path, access: 'read' });
    } catch {
      throw error;
    }
  }
}
