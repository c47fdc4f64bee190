import type { Task } from '../tasks/task.ts';
import type { Tokens, ReplyRecord, SubjectStatus } from '../results/result-schema.ts';

/** One attempt of a subject at a task. */
export interface Attempt {
  task: Task;
  model: string;
  baseUrl: string;
  seed: number;
  /** What is kept of the attempt: everything in it is the subject's to write. Exists and is empty. */
  folder: string;
  /** Where the files go that are checked; exists and is empty. */
  generated: string;
  /** After which the attempt is broken off and counts as it stands. */
  seconds: number;
  /** Aborted when the person stops the evaluation: then nothing of the attempt counts. */
  signal: AbortSignal;
}

/** How an attempt ended. Its files lie in `generated`. */
export interface AttemptEnd {
  status: SubjectStatus;
  /** Null where there is no program that could have one. */
  exitCode: number | null;
  error: string | null;
  tokens: Tokens;
  replies: ReplyRecord[];
  /** What the model was sampled with, as far as the subject decides it. */
  sampling: Record<string, unknown>;
}

/** Somebody who is given a requirement, and leaves files. */
export interface Subject {
  name: string;
  /**
   * @throws MultiagentError for what is no fault of the subject, such as a server that is gone: the attempt is not counted.
   */
  attempt(attempt: Attempt): Promise<AttemptEnd>;
}
