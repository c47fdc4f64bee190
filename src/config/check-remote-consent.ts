import { MultiagentError } from '../utils/multiagent-error.ts';
import type { SettingsFile } from './find-settings-file.ts';
import { isInsideFolder, showFile } from './folders.ts';
import { configPathVariable } from './settings-schema.ts';
import type { GivenValue } from './settings-layers.ts';

export interface CheckRemoteConsentOptions {
  /** The value of `allow_remote` that counts. */
  consent: GivenValue;
  file: SettingsFile | undefined;
  workspace: string;
  directory: string;
}

/**
 * A project must not be able to send what is worked on to another machine: `allow_remote: true` counts from the command line or program, from a real
 * environment variable, or from a settings file that a person chose and that lies neither in the workspace nor in the current folder. The current
 * folder is asked about too because a file could name another workspace to seem outside of it.
 * @throws MultiagentError `settings.invalid`
 */
export function checkRemoteConsent({ consent, file, workspace, directory }: CheckRemoteConsentOptions): void {
  const { value, source } = consent;
  if (value !== true || source === 'default' || source === 'override' || 'environment' in source) return;
  if ('file' in source && file?.chosenBy === 'person' && ![workspace, directory].some((folder) => isInsideFolder(folder, source.file)))
    return;
  const place = 'file' in source ? `${showFile(source.file, directory)}:${source.line}` : '.env';
  throw new MultiagentError({
    code: 'settings.invalid',
    message: `${place}: allow_remote is true, but a file of the project must not allow this: it could send your work to any machine.`,
    hint: `Remove it there. Set MULTIAGENT_ALLOW_REMOTE=true in your shell, use --allow-remote, or put it into a settings file outside the workspace (${workspace}) and name that file in ${configPathVariable}.`,
  });
}
