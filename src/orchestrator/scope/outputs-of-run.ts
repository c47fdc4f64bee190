import { z } from 'zod';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { evaluateFor } from './evaluate-for.ts';

const written = z.record(z.string(), z.string());

/** What the workflow of a run says that comes of it, by name; null for what has no value, as where a step that it comes from was not done. Undefined: it says nothing, or the run has not been completed. */
export function outputsOfRun(state: RunState): Record<string, unknown> | undefined {
  const { data: outputs } = written.safeParse(state.definition['outputs']);
  // All steps of the workflow itself see the same.
  const from = [...state.tasks.values()].find(({ parent }) => parent === undefined);
  if (outputs === undefined || from === undefined || state.status !== 'completed') return undefined;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, text]) => {
      try {
        return [name, evaluateFor(state, from, text)];
      } catch (error) {
        if (error instanceof MultiagentError) return [name, null];
        throw error;
      }
    }),
  );
}
