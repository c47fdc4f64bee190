import { MultiagentError } from '../utils/multiagent-error.ts';
import { isOwnChoice, type SettingOrigin } from './is-own-choice.ts';
import { configPathVariable } from './settings-schema.ts';
import type { GivenValue } from './settings-layers.ts';
import { showSource } from './show-source.ts';

export interface CheckRemoteConsentOptions extends Omit<SettingOrigin, 'source'> {
  /** The value of `allow_remote` that counts. */
  consent: GivenValue;
}

/**
 * A project must not be able to send what is worked on to another machine.
 * @throws MultiagentError `settings.invalid`
 */
export function checkRemoteConsent({ consent: { value, source }, ...origin }: CheckRemoteConsentOptions): void {
  if (value !== true || source === 'default' || isOwnChoice({ source, ...origin })) return;
  throw new MultiagentError({
    code: 'settings.invalid',
    message: `${showSource(source, origin.directory)}: allow_remote is true, but a file of the project must not allow this: it could send your work to any machine.`,
    hint: `Remove it there. Set MULTIAGENT_ALLOW_REMOTE=true in your shell, use --allow-remote, or put it into a settings file outside the workspace (${origin.workspace}) and name that file in ${configPathVariable}.`,
  });
}
