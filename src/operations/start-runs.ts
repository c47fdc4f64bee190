import { requestContext } from '../llm/budget/request-context.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { ExecuteOptions } from '../orchestrator/execute-options.ts';
import { mostAtOnce } from '../orchestrator/scheduling/choose-parallel.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { createRunId } from '../utils/run-id.ts';
import { type NewRun, type StartedRun, startRun, underWay } from './start-run.ts';

/** Several runs that are under way together. */
export interface StartedRuns {
  /** In the order in which they were asked for. Those that have no place yet begin as others end. */
  runs: StartedRun[];
  /** How many are at work at the same time. */
  atOnce: number;
}

/**
 * Starts several runs that share the model servers fairly: each at work has an equal part of the slots and of their context, and no more are at work than have
 * a slot each, because runs that took turns in one slot would have everything read again. A run that cannot start does not keep the others from running.
 * @throws MultiagentError `workflow.unknown`; ModelError where there is no model server.
 * @example
 * const asked = ['A list of books.', 'A list of films.'].map((text) => ({ workflow: 'bug_fix', requirement: text }));
 * const { runs } = await startRuns(orchestrator, asked);
 * const ends = await Promise.allSettled(runs.map(({ result }) => result));
 * console.log(ends.map((end) => (end.status === 'fulfilled' ? end.value.status : end.status))); // [ 'completed', 'completed' ]
 */
export async function startRuns(
  orchestrator: AgentOrchestrator,
  asked: readonly (NewRun | Workflow)[],
  options: ExecuteOptions = {},
): Promise<StartedRuns> {
  const { signal } = options;
  for (const what of asked) if ('workflow' in what) orchestrator.workflows.get(what.workflow);
  const connection = await orchestrator.connect(signal);
  const { max_concurrent_agents: wanted } = orchestrator.settings;
  const atOnce = mostAtOnce({
    wanted,
    slots: connection.server.slots,
    contextOf: (count) => requestContext(connection, count),
    // Each run counts as a step that needs no other.
    steps: asked.map((_, index) => ({ id: String(index), depends_on: [] })),
  });
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const enter = (): Promise<void> => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
    return Promise.resolve();
  };
  const leave = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  const runs = asked.map((what) => {
    const id = createRunId(orchestrator.clock.now());
    const work = async () => {
      await enter();
      try {
        signal?.throwIfAborted();
        return await startRun(orchestrator, what, { ...options, run: id, runsAtOnce: atOnce }).result;
      } finally {
        leave();
      }
    };
    return underWay(orchestrator, { id, after: 0, result: work() });
  });
  return { runs, atOnce };
}
