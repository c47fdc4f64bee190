/** One piece of work for an agent. */
export interface Task {
  /** Unique within the run. */
  taskId: string;
  /** Names the instructions that a built-in role works by. */
  taskType: string;
  description: string;
  /** `text`: the reply itself is what is wanted. `files`: a reply without files has failed. */
  expects: 'text' | 'files';
  /** Which step this is, 1, 2, 3 …, and of how many. */
  step: { number: number; of: number };
  /** What the caller added; agents of one's own may use it, the built-in ones do not. */
  context: Record<string, unknown>;
  /** Larger first. */
  priority: number;
  /** Ids of the tasks that were completed before. */
  dependencies: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. This and what follows is filled in when the task has ended, for agents that keep their tasks. */
  completedAt?: number | undefined;
  /** The reply that later steps see. */
  result?: string | undefined;
  /** Why it failed. */
  error?: string | undefined;
}
