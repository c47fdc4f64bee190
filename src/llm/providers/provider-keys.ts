import { MultiagentError } from '../../utils/multiagent-error.ts';
import { findProvider } from './provider-registry.ts';

/** What an entry of `providers` says about its key. */
export interface KeyedEntry {
  kind: string;
  api_key?: string | undefined;
  api_key_env?: string | undefined;
}

/**
 * The entries with the keys that the person's environment has for them: in the variable that the entry names, else in the provider's usual one. An entry's own key wins.
 * @param environment The real one. A file of the project must not be part of it.
 */
export function withKeysFrom<Entry extends KeyedEntry>(
  entries: Readonly<Record<string, Entry>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, Entry> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const variable = entry.api_key_env ?? usualVariable(entry, name);
      const key = variable === undefined ? undefined : environment[variable]?.trim();
      return [name, entry.api_key !== undefined || key === undefined || key === '' ? entry : { ...entry, api_key: key }];
    }),
  );
}

/** An unknown kind is told where the entry is used. */
function usualVariable({ kind }: KeyedEntry, name: string): string | undefined {
  try {
    return findProvider(kind, name).keyVariable;
  } catch {
    return undefined;
  }
}

/**
 * Before anything is sent: that there is a key where one is needed, and that it can be one.
 * @throws MultiagentError `provider.no_key`, `provider.wrong_key`. No message has the key in it.
 */
export function requireProviderKey(name: string, { kind, api_key: key, api_key_env: named }: KeyedEntry): void {
  const { title, keyVariable, keyProblem } = findProvider(kind, name);
  const variable = named ?? keyVariable;
  if (key === undefined && keyVariable !== undefined) {
    throw new MultiagentError({
      category: 'usage',
      code: 'provider.no_key',
      message: `The provider ${name} (${title}) needs a key, and there is none.`,
      hint: `Set ${variable} in your shell to it. A .env file of the project does not count.`,
    });
  }
  const problem = key === undefined ? undefined : keyProblem?.(key);
  if (problem === undefined) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'provider.wrong_key',
    message: `The key of ${name} (${title}) ${problem}.`,
    hint: `Set ${variable ?? 'api_key_env of the provider'} to a key of ${title}, or correct the kind of the provider.`,
  });
}
