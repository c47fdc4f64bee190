import type { SettingsFile } from './find-settings-file.ts';
import { isInsideFolder } from './folders.ts';
import type { SettingSource } from './setting-source.ts';

export interface SettingOrigin {
  source: SettingSource;
  file: SettingsFile | undefined;
  workspace: string;
  directory: string;
}

/**
 * Whether a person decided something rather than a file of the project, which may have come with it: on the command line or in a program, in a real
 * environment variable, or in a settings file that a person named and that lies neither in the workspace nor in the current folder. The current folder is
 * asked about too because a file could name another workspace to seem outside of it.
 */
export function isOwnChoice({ source, file, workspace, directory }: SettingOrigin): boolean {
  if (source === 'override') return true;
  if (source === 'default') return false;
  if (!('file' in source)) return 'environment' in source;
  return file?.chosenBy === 'person' && ![workspace, directory].some((folder) => isInsideFolder(folder, source.file));
}
