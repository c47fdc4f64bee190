import type { JournalEvent } from '../events/run-stream-events.ts';
import { createRunId } from '../utils/run-id.ts';
import type { AgentOrchestrator } from './agent-orchestrator.ts';
import type { ExecuteWorkflowOptions } from './execute-options.ts';
import type { WorkflowResult } from './results/run-result.ts';
import type { Workflow } from './workflow.ts';

/** A run that is under way. */
export interface StartedRun {
  id: string;
  /** When it has ended. Rejects as `executeWorkflow` does, for what keeps a run from beginning. */
  result: Promise<WorkflowResult>;
  /** Its events from the first one on, until it has ended; any number may follow. */
  events: () => AsyncIterable<JournalEvent>;
}

/** Begins a run and answers at once. Whoever never looks at `result` still has to handle that it may reject. */
export function startRun(orchestrator: AgentOrchestrator, workflow: Workflow, options: ExecuteWorkflowOptions = {}): StartedRun {
  const id = options.run ?? createRunId(Date.now());
  const result = orchestrator.executeWorkflow(workflow, { ...options, run: id });
  const over = new AbortController();
  const end = () => over.abort();
  result.then(end, end);
  return { id, result, events: () => eventsUntil(orchestrator, id, over.signal) };
}

async function* eventsUntil({ store }: AgentOrchestrator, id: string, over: AbortSignal): AsyncGenerator<JournalEvent, void, undefined> {
  let after = 0;
  for await (const event of store.subscribe(`run:${id}`, { signal: over })) {
    after = event.sequence;
    yield event;
  }
  // What was recorded right before the end.
  yield* store.read(`run:${id}`, { after });
}
