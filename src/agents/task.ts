/** One piece of work for an agent. */
export interface Task {
  /** Unique within the run. */
  taskId: string;
  /** Names the instructions for a built-in role. */
  taskType: string;
  description: string;
  /** What is asked beside the instructions of the role and the type of task. */
  instructions?: string | undefined;
  /** `text`: the reply itself is the result. `files`: a reply without files is a failure. `either`: the files of the reply, or where it has none its text. */
  expects: 'text' | 'files' | 'either';
  /** The JSON Schema that the reply is to meet; present only where `expects` is `text`. */
  schema?: Record<string, unknown> | undefined;
  /** The number of this step, from 1, and how many there are. */
  step: { number: number; of: number };
  /** Data from the caller. Your own agents may use it; the built-in ones do not. */
  context: Record<string, unknown>;
  /** Larger first. */
  priority: number;
  /** Ids of the tasks that it depended on. */
  dependencies: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  /** Milliseconds since 1970. This and the next fields are filled in when the task has ended, for agents that keep their tasks. */
  completedAt?: number | undefined;
  /** The reply that later steps see. */
  result?: string | undefined;
  /** Why it failed. */
  error?: string | undefined;
}
