import type { WorkflowResult } from './results/run-result.ts';
import type { TaskResult } from './results/task-result.ts';
import type { Workflow } from './workflow.ts';

/** What `AgentOrchestrator.executeTask` has one agent do. */
export interface SingleTask {
  /** Names the instructions of a built-in role; it is the id of the task, too. */
  taskType: string;
  description: string;
  requirement: string;
  /** Default: `text`. */
  expects?: 'text' | 'files';
}

/** A workflow of one step. */
export function singleTaskWorkflow({ taskType, description, requirement, expects = 'text' }: SingleTask, role: string): Workflow {
  const step = { id: taskType, kind: 'agent' as const, role, task_type: taskType, description, depends_on: [], expects, priority: 1 };
  return { definition: { name: taskType, title: description, description, steps: [step] }, requirement, files: [], context: {} };
}

/** Its result: a run has one for each of its tasks, however it ends. */
export function resultOfSingleTask({ tasks }: WorkflowResult, { taskType }: SingleTask): TaskResult {
  return tasks[taskType]!;
}
