/** One piece of work for an agent. */
export interface Task {
  taskId: string;
  taskType: string;
  description: string;
  expects: 'text' | 'files';
  /** Which step this is, 1, 2, 3 …, and of how many. */
  step: { number: number; of: number };
  /** What the caller added; agents of one's own may use it, the built-in ones do not. */
  context: Record<string, unknown>;
  /** Larger first. */
  priority: number;
  dependencies: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  completedAt?: number | undefined;
  result?: string | undefined;
  error?: string | undefined;
}
