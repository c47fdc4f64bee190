import type { Settings, SettingsInput } from '../../config/settings-schema.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { type FoldersOfRunOptions, foldersOfRun } from './folders-of-run.ts';
import type { RunFolders } from '../journal/run-folders.ts';
import { requireTrust } from './foreign-run.ts';
import { settingsOfRun } from './settings-of-run.ts';

export interface OpenEarlierRunOptions extends FoldersOfRunOptions {
  /** Today's settings, which provide keys, consent and folders. */
  today: Settings;
  overrides: SettingsInput;
  /** Whether a run that was not started here may be continued. */
  trust: boolean;
}

/** What an earlier run continues with: its settings, including today's overrides, and the folder of its results. @throws MultiagentError `run.foreign`. */
export async function openEarlierRun(
  state: RunState,
  { today, overrides, trust, ...places }: OpenEarlierRunOptions,
): Promise<{ state: RunState; settings: Settings; folders: RunFolders; given: Record<string, unknown> }> {
  const origin = await requireTrust(state, places.ownRuns, trust);
  const folders = await foldersOfRun(state, places);
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  return { state, settings: settingsOfRun(state, today, overrides, origin), folders, given };
}
