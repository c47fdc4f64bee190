import { inGraphOrder } from '../workflows/graph-order.ts';
import type { RunState } from '../state/run/run-state.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';

/** A Git worktree of its own branch. */
export type Worktree = NonNullable<RunState['input']['worktree']>;

/**
 * What a run reads of the project in the workspace when it begins, besides the files that it is given. `auto`: what the setting `project` says, which is the whole
 * project in a Git work tree, and nothing elsewhere. Patterns (`src/*.ts`) and folders are relative to the workspace, with `/`; without both, it is the whole
 * project. `except`: patterns and paths that are not wanted. Files that look like secrets are never read.
 */
export type ProjectToRead =
  | 'auto'
  | { globs?: readonly string[] | undefined; folders?: readonly string[] | undefined; except?: readonly string[] | undefined };

/** A workflow and what it is to work on: what `WorkflowEngine.createWorkflow` makes and the orchestrator executes. */
export interface Workflow {
  definition: WorkflowDefinition;
  requirement: string;
  /** The other inputs, by name. Those that are not given have their defaults. */
  inputs?: Readonly<Record<string, unknown>> | undefined;
  /** Project files that the team reads after the requirement. */
  files: { path: string; content: string }[];
  /** The Git worktree to work on, as `addWorktree` has made it. Default: none, the files of the workspace are the project. */
  worktree?: Worktree | undefined;
  /** What a new run reads of the project in the workspace. Default: nothing but `files`. */
  project?: ProjectToRead | undefined;
  /** Whatever the caller wants its own agents to know; it is kept with the run. */
  context: Record<string, unknown>;
}

/** The same with its steps in the order in which a run numbers them: that of the graph, however they were listed. */
export function inStepOrder(workflow: Workflow): Workflow {
  const { definition } = workflow;
  return { ...workflow, definition: { ...definition, steps: inGraphOrder(definition.steps) } };
}
