import { makeAttempt } from './make-attempt.ts';
import { progressLine } from './progress-line.ts';
import type { Result } from './results/result-schema.ts';
import { attemptFolder, readResult } from './results/results-folder.ts';
import type { Subject } from './subjects/subject.ts';
import type { Task } from './tasks/task.ts';

export interface Evaluation {
  subjects: readonly { subject: Subject; label: string }[];
  tasks: readonly Task[];
  model: string;
  baseUrl: string;
  repeats: number;
  /** The seed of the first repeat; each later one has the next. */
  firstSeed: number;
  secondsPerAttempt: number;
  results: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

/**
 * Every subject at every task, as often as asked; what is there already is not done again. Repeats are the outer loop: stopped at any time, all subjects
 * and tasks have been tried about equally often.
 * @throws MultiagentError where an attempt cannot be made at all, such as without a server; DOMException `AbortError` after the signal.
 */
export async function runEvaluation(evaluation: Evaluation): Promise<Result[]> {
  const { subjects, tasks, model, baseUrl, repeats, firstSeed, secondsPerAttempt, results, signal, say } = evaluation;
  const all: Result[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    for (const task of tasks) {
      for (const { subject, label } of subjects) {
        signal.throwIfAborted();
        const known = readResult(attemptFolder(results, { model, subject: label, task: task.id, repeat }));
        const seed = firstSeed + repeat - 1;
        const made =
          known ?? (await makeAttempt({ subject, label, task, model, baseUrl, seed, seconds: secondsPerAttempt, signal, repeat, results }));
        say(`${known === undefined ? '' : '(kept) '}${progressLine(made)}`);
        all.push(made);
      }
    }
  }
  return all;
}
