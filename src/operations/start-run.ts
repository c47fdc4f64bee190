import { runStream } from '../events/run-stream.ts';
import type { JournalEvent } from '../events/run-stream-events.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { ExecuteWorkflowOptions } from '../orchestrator/execute-options.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { WorkflowEngine } from '../orchestrator/workflow-engine.ts';
import type { Workflow } from '../orchestrator/workflow.ts';
import { createRunId } from '../utils/run-id.ts';

/** A run that is under way. */
export interface StartedRun {
  id: string;
  /** When it has ended. Rejects for what keeps it from beginning; whoever never looks at it still has to handle that. */
  result: Promise<WorkflowResult>;
  /** Its events until it has ended: of a new run from the first one on, of one that goes on those from now on. Any number may follow. */
  events: () => AsyncIterable<JournalEvent>;
}

/** What a new run is to do. */
export interface NewRun {
  /** The name of a workflow, in snake_case or kebab-case. */
  workflow: string;
  /** What is to be built. Default: nothing is said, which only some workflows take. */
  requirement?: string | undefined;
  /** Project files that the team reads after the requirement. */
  files?: { path: string; content: string }[] | undefined;
  /** Anything that agents of one's own are to know; it is kept with the run. */
  context?: Record<string, unknown> | undefined;
}

/**
 * Begins a run and answers at once.
 * @param what A workflow by its name and what it is to work on, or one that `WorkflowEngine.createWorkflow` made. @throws MultiagentError `workflow.unknown`.
 */
export function startRun(orchestrator: AgentOrchestrator, what: NewRun | Workflow, options: ExecuteWorkflowOptions = {}): StartedRun {
  const workflow = 'definition' in what ? what : workflowOf(orchestrator, what);
  const id = options.run ?? createRunId(orchestrator.clock.now());
  return underWay(orchestrator, { id, after: 0, result: orchestrator.executeWorkflow(workflow, { ...options, run: id }) });
}

function workflowOf(orchestrator: AgentOrchestrator, { workflow, requirement = '', files, context }: NewRun): Workflow {
  return new WorkflowEngine(orchestrator).createWorkflow(workflow, requirement, { ...context, files });
}

/** A run whose result is under way. @param run `after`: the number of the last event that is not among its events. */
export function underWay(
  orchestrator: Pick<AgentOrchestrator, 'store'>,
  { id, after, result }: { id: string; after: number; result: Promise<WorkflowResult> },
): StartedRun {
  const over = new AbortController();
  const end = () => over.abort();
  result.then(end, end);
  return { id, result, events: () => eventsUntil(orchestrator, { id, after, over: over.signal }) };
}

async function* eventsUntil(
  { store }: Pick<AgentOrchestrator, 'store'>,
  { id, after, over }: { id: string; after: number; over: AbortSignal },
): AsyncGenerator<JournalEvent, void, undefined> {
  let seen = after;
  for await (const event of store.subscribe(runStream(id), { after, signal: over })) {
    seen = event.sequence;
    yield event;
  }
  // What was recorded right before the end.
  yield* store.read(runStream(id), { after: seen });
}
