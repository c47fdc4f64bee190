import { existsSync } from 'node:fs';
import type { Settings } from '../config/settings-schema.ts';
import type { EventListener } from '../orchestrator/journal/run-journal.ts';
import type { OwnRuns } from '../state/origin/own-runs.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { SqliteEventStore } from '../state/store/sqlite-event-store.ts';
import type { Clock } from '../utils/clock.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { workspacePlaces } from '../utils/workspace-places.ts';

/** Where runs are kept. An `AgentOrchestrator` is one, too. */
export interface WorkspacePlace {
  /** Absolute path of the project's folder. */
  readonly workspace: string;
  /** Absolute path of the folder for results. Default: `output` in the workspace. */
  readonly outputFolder?: string | undefined;
  /** Which runs this person started. Default: this is not checked. */
  readonly ownRuns?: OwnRuns | undefined;
  readonly settings?: Pick<Settings, 'sandbox'> | undefined;
  /** Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** Receives each event that an operation records. */
  readonly onEvent?: EventListener | undefined;
  /** The journal, if it is open already. */
  readonly store?: EventStore | undefined;
}

/** What operations on runs work with. */
export interface Workspace extends WorkspacePlace {
  readonly store: EventStore;
}

/**
 * Runs `work` with the open journal of a workspace, and closes it afterwards. A journal that may not be written is opened for reading; writing to it then fails.
 * @param missing What to do where there is no journal. Default: `refuse`.
 * @throws MultiagentError `run.not_found` where there is no journal; whatever prevents opening one.
 * @example
 * const runs = await withWorkspace({ workspace: folder }, (workspace) => listRuns(workspace), 'create');
 * console.log(runs.length); // 0
 */
export async function withWorkspace<Result>(
  place: WorkspacePlace,
  work: (workspace: Workspace) => Promise<Result>,
  missing: 'refuse' | 'create' = 'refuse',
): Promise<Result> {
  if (place.store !== undefined) return work({ ...placeOf(place), store: place.store });
  const { journal } = workspacePlaces(place.workspace);
  if (missing === 'refuse' && !existsSync(journal)) throw noRuns(`There are no runs in ${place.workspace}.`);
  const store = openStore(journal);
  try {
    return await work({ ...place, store });
  } finally {
    await store.close();
  }
}

/** On an orchestrator these are not own fields, so that spreading it would lose them. */
function placeOf({ workspace, outputFolder, ownRuns, settings, clock, onEvent }: WorkspacePlace): WorkspacePlace {
  return { workspace, outputFolder, ownRuns, settings, clock, onEvent };
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

/** An error with the code `run.not_found` that says how to get a run. */
export function noRuns(message: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'run.not_found',
    message,
    hint: 'Start one with "multiagent run feature-development --req <file>", or name another project with --workspace.',
  });
}
