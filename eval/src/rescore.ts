import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { progressLine } from './progress-line.ts';
import { findViolations } from './results/find-violations.ts';
import type { Result } from './results/result-schema.ts';
import { allResults, writeResult } from './results/results-folder.ts';
import { score } from './scoring/score.ts';
import type { Task } from './tasks/task.ts';

export interface Rescore {
  results: string;
  tasks: readonly Task[];
  /** Only these; undefined: all there are. */
  model: string | undefined;
  labels: readonly string[] | undefined;
  say: (line: string) => void;
}

/**
 * Checks again what was generated, without a model: after a check was mended.
 * @throws MultiagentError `eval.no_results` where nothing is there that could be checked.
 */
export async function rescore({ results, tasks, model, labels, say }: Rescore): Promise<Result[]> {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const again: Result[] = [];
  for (const { folder, result } of allResults(results)) {
    const task = byId.get(result.task);
    const isWanted = (model ?? result.model) === result.model && (labels?.includes(result.subject) ?? true);
    if (task === undefined || !isWanted) continue;
    const generated = join(folder, 'generated');
    const { outcome, text } = await score(task, generated);
    await writeFile(join(folder, 'check.txt'), text);
    const { family, level, split } = task;
    const violations = await findViolations({ task, status: result.status, replies: result.replies, generated });
    const made: Result = { ...result, family, level, split, check: outcome, violations };
    await writeResult(folder, made);
    say(progressLine(made));
    again.push(made);
  }
  if (again.length > 0) return again;
  throw new MultiagentError({
    code: 'eval.no_results',
    message: `There is nothing in ${results} that fits.`,
    hint: 'Run the evaluation first, or name another folder with --results.',
  });
}
