import type { WorkflowExtensionInput } from '../workflows/extend-definition.ts';
import type { WorkflowDefinition, WorkflowDefinitionInput } from '../workflows/workflow-schema.ts';
import type { AgentOrchestrator } from './agent-orchestrator.ts';
import type { ExecuteWorkflowOptions } from './execute-options.ts';
import type { WorkflowResult } from './results/run-result.ts';
import type { ProjectToRead, Workflow } from './workflow.ts';

/** What a run is given besides its requirement. */
export interface WorkflowContext {
  /** Project files that the team reads after the requirement. */
  files?: { path: string; content: string }[] | undefined;
  /** What the run reads of the project in the workspace. Default: nothing but `files`. */
  project?: ProjectToRead | undefined;
  /** The workflow's inputs beside the requirement, by name. */
  inputs?: Readonly<Record<string, unknown>> | undefined;
  /** Anything else is kept with the run, for your own agents. */
  [key: string]: unknown;
}

/**
 * Workflows by name, and the way to run them. Names are accepted in snake_case and kebab-case.
 * @example
 * const engine = new WorkflowEngine(orchestrator);
 * const { status, tasks } = await engine.executeWorkflow('bug_fix', 'The second user to log in sees the data of the first.');
 * for (const { task_id, duration } of Object.values(tasks)) console.log(`${task_id}: ${duration} s`);
 * console.log(status); // completed
 */
export class WorkflowEngine {
  readonly #orchestrator: AgentOrchestrator;

  constructor(orchestrator: AgentOrchestrator) {
    this.#orchestrator = orchestrator;
  }

  /** @throws MultiagentError `workflow.unknown`, with the nearest name in its hint. */
  createWorkflow(type: string, requirement: string, { files = [], project, inputs, ...context }: WorkflowContext = {}): Workflow {
    return { definition: this.#orchestrator.workflows.get(type), requirement, inputs, files, project, context };
  }

  /** Runs a workflow to its end; see `AgentOrchestrator.executeWorkflow`. */
  async executeWorkflow(
    type: string,
    requirement: string,
    context?: WorkflowContext,
    options?: ExecuteWorkflowOptions,
  ): Promise<WorkflowResult> {
    return this.#orchestrator.executeWorkflow(this.createWorkflow(type, requirement, context), options);
  }

  /** The definition of a workflow: the caller's own copy. @throws MultiagentError `workflow.unknown`. */
  getWorkflowTemplate(type: string): WorkflowDefinition {
    return this.#orchestrator.workflows.get(type);
  }

  /** The built-in ones in menu order, then those that were registered. */
  listWorkflowTypes(): string[] {
    return this.#orchestrator.workflows.list().map(({ name }) => name);
  }

  /** Adds your own workflow, for every engine of the orchestrator. @throws MultiagentError `workflow.invalid` with every problem, `workflow.exists`. */
  registerWorkflow(definition: WorkflowDefinitionInput | WorkflowExtensionInput): WorkflowDefinition {
    return this.#orchestrator.workflows.register(definition);
  }
}
