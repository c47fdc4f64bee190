import { privateWholes } from './private-wholes.ts';
import type { RunState } from './run-records.ts';

/**
 * Whether what was said in a task is not shown to another one: it is private, or it joined the run for one that is, and the other one did not. The steps within a private
 * one work together, and nobody outside is told what they said.
 * @param reader The name of the other one.
 */
export function isKeptFrom(state: Pick<RunState, 'tasks' | 'definition'>, said: string, reader: string): boolean {
  return privateWholes(state, said).some((whole) => whole === said || !reader.startsWith(`${whole}/`));
}
