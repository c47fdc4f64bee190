import { runStream } from '../events/run-stream.ts';
import type { JournalEvent } from '../events/run-stream-events.ts';
import type { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { ExecuteWorkflowOptions } from '../orchestrator/execute-options.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { WorkflowEngine } from '../orchestrator/workflow-engine.ts';
import type { ProjectToRead, Workflow, Worktree } from '../orchestrator/workflow.ts';
import { createRunId } from '../utils/run-id.ts';

/** A run that is under way. */
export interface StartedRun {
  id: string;
  /** Resolves when the run has ended. Rejects if the run cannot start; handle that even if you do not use the result. */
  result: Promise<WorkflowResult>;
  /** Its events until it has ended: all events of a new run; for a continued run, those from now on. It can be called any number of times. */
  events: () => AsyncIterable<JournalEvent>;
}

/** What a new run is to do. */
export interface NewRun {
  /** The name of a workflow, in snake_case or kebab-case. */
  workflow: string;
  /** What to build. Default: empty, which only some workflows accept. */
  requirement?: string | undefined;
  /** The workflow's inputs beside the requirement, by name. Those that are not given have their defaults. */
  inputs?: Record<string, unknown> | undefined;
  /** Project files that the team reads after the requirement. */
  files?: { path: string; content: string }[] | undefined;
  /** The Git worktree to work on, from `addWorktree`. Default: none. */
  worktree?: Worktree | undefined;
  /** What the run reads of the project in the workspace. Default: nothing but `files`. */
  project?: ProjectToRead | undefined;
  /** Anything that your own agents should know; it is kept with the run. */
  context?: Record<string, unknown> | undefined;
}

/**
 * Starts a run and returns at once.
 * @param what The name of a workflow with its input, or a workflow from `WorkflowEngine.createWorkflow`.
 * @returns the id, the events, and a promise of the result. @throws MultiagentError `workflow.unknown`.
 * @example
 * const { result, events } = startRun(orchestrator, { workflow: 'bug_fix', requirement });
 * for await (const event of events()) if (event.type === 'task.completed') console.log(event.data.task);
 * console.log((await result).status); // completed
 */
export function startRun(orchestrator: AgentOrchestrator, what: NewRun | Workflow, options: ExecuteWorkflowOptions = {}): StartedRun {
  const workflow = 'definition' in what ? what : workflowOf(orchestrator, what);
  const id = options.run ?? createRunId(orchestrator.clock.now());
  return underWay(orchestrator, { id, after: 0, result: orchestrator.executeWorkflow(workflow, { ...options, run: id }) });
}

function workflowOf(
  orchestrator: AgentOrchestrator,
  { workflow, requirement = '', inputs, files, project, worktree, context }: NewRun,
): Workflow {
  return { ...new WorkflowEngine(orchestrator).createWorkflow(workflow, requirement, { ...context, inputs, files, project }), worktree };
}

/** A run whose result is pending. @param run `after`: the sequence number of the last event to leave out of its events. */
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
  // Events that were recorded right before the end.
  yield* store.read(runStream(id), { after: seen });
}
