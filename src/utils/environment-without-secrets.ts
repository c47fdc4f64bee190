import { gitSettingsOfEnvironment, isGitSetting } from './git-settings-of-environment.ts';
import { redactSecrets } from './redact-secrets.ts';

/** Names of variables that hold a secret, or lead to one. */
const secretNames =
  /(?:passw(?:or)?d|passphrase|secret|credential|token|apikey)s?(?:_|$)|keys?(?:_|$)|(?:^|_)(?:pwd|pass|auth|cookies?|pat|dsn)(?:_|$)/i;
/** The exceptions: programs need them, and they hold no secret. */
const harmless = /^(?:PWD|OLDPWD)$/;

export interface EnvironmentWithoutSecretsOptions {
  /** Values that must not be passed on, whatever the variable's name. */
  secrets?: readonly string[] | undefined;
}

/**
 * The variables for a command of the user's own, without those whose name or value looks like a secret. A net, not a wall: the command runs as the user and can
 * read what the user can read.
 */
export function environmentWithoutSecrets(
  environment: Readonly<Record<string, string | undefined>>,
  { secrets = [] }: EnvironmentWithoutSecretsOptions = {},
): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !isGitSetting(entry[0]) &&
      (harmless.test(entry[0]) || !secretNames.test(entry[0])) &&
      redactSecrets(entry[1], { secrets }) === entry[1],
  );
  return { ...Object.fromEntries(entries), ...gitSettingsOfEnvironment(environment, secrets) };
}
