import { dirname } from 'node:path';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { isTrulyInside } from './folders.ts';
import { isOwnChoice, type SettingOrigin } from './is-own-choice.ts';
import type { SettingSource } from './setting-source.ts';
import { showSource } from './show-source.ts';

export interface CheckLogFileOptions extends SettingOrigin {
  /** Absolute. */
  logFile: string;
  /** Where the workspace comes from. */
  workspaceSource: SettingSource;
}

/**
 * The log is appended to, and it quotes what models say. A project must not be able to have that written into a file elsewhere, by a setting or a link.
 * @throws MultiagentError `settings.invalid`
 */
export function checkLogFile({ logFile, workspaceSource, ...origin }: CheckLogFileOptions): void {
  const { source, file, workspace, directory } = origin;
  if (isOwnChoice(origin)) return;
  // A workspace elsewhere that the project names may hold a log under the usual name, and none under a name of the project's choice.
  const mayUseWorkspace = source === 'default' || isOwnChoice({ ...origin, source: workspaceSource });
  const folders = [directory, ...(mayUseWorkspace ? [workspace] : []), ...(file?.chosenBy === 'person' ? [dirname(file.path)] : [])];
  if (folders.some((folder) => isTrulyInside(folder, logFile))) return;
  throw new MultiagentError({
    code: 'settings.invalid',
    message: `${showSource(source, directory)}: the log would be written to ${logFile}, which leads out of the project, and a project must not decide that.`,
    hint: 'Set LOG_FILE in your shell to that path if you want it, or give log_file a name inside the project that is no link to elsewhere.',
  });
}
