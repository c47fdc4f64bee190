import { definitionsOf } from './outline.ts';
import { fragmentGrammarOf, readOutline } from './read-outline.ts';

export interface TwoVersions {
  path: string;
  before: string;
  after: string;
}

/** The functions and types that one version of a file defines and the next one does not, wherever in it, by their bare names. None where one of them cannot be read. */
export async function lostDefinitions({ path, before, after }: TwoVersions): Promise<string[]> {
  const grammar = fragmentGrammarOf(path);
  const old = grammar && (await readOutline(before, grammar));
  const fresh = grammar && (await readOutline(after, grammar));
  if (old === undefined || fresh === undefined) return [];
  const kept = new Set(namesOf(fresh.entries));
  return [...new Set(namesOf(old.entries))].filter((name) => !kept.has(name));
}

function namesOf(entries: Parameters<typeof definitionsOf>[0]): string[] {
  const classes = entries.flatMap((entry) => (entry.kind === 'container' ? [entry.name] : []));
  return [...definitionsOf(entries).map(({ definition }) => definition.bareName), ...classes];
}
