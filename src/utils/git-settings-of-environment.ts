import { redactSecrets } from './redact-secrets.ts';

const name = /^GIT_CONFIG_(?:COUNT|KEY_\d+|VALUE_\d+)$/;

/** Whether a variable belongs to the settings that Git takes from the environment: a number, and a key and a value for each. */
export function isGitSetting(variable: string): boolean {
  return name.test(variable);
}

/**
 * The settings for Git in an environment, without those that hold a secret, and counted anew: Git refuses to work at all where one that it was promised is
 * missing, and "KEY" in the name of a variable does not make a secret of user.name.
 * @param secrets Values that must not be passed on, whatever the key.
 */
export function gitSettingsOfEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  secrets: readonly string[],
): Record<string, string> {
  const count = Number(environment['GIT_CONFIG_COUNT'] ?? 0);
  const kept: string[][] = [];
  // The first gap ends them, so that a count that is made up costs nothing.
  for (let at = 0; at < count; at += 1) {
    const [key, value] = [environment[`GIT_CONFIG_KEY_${at}`], environment[`GIT_CONFIG_VALUE_${at}`]];
    if (key === undefined || value === undefined) break;
    const isHarmless = [key, value].every((text) => redactSecrets(text, { secrets }) === text) && !/extraheader$/i.test(key);
    if (isHarmless) kept.push([key, value]);
  }
  if (kept.length === 0) return {};
  const pairs = kept.flatMap(([key = '', value = ''], at) => [
    [`GIT_CONFIG_KEY_${at}`, key],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return Object.fromEntries([['GIT_CONFIG_COUNT', String(kept.length)], ...pairs]);
}
