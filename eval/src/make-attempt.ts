import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { programVersion } from './program-version.ts';
import { findViolations } from './results/find-violations.ts';
import type { Result } from './results/result-schema.ts';
import { attemptFolder, clearAttempt, writeResult } from './results/results-folder.ts';
import { score } from './scoring/score.ts';
import type { Attempt, Subject } from './subjects/subject.ts';
import { listFiles } from './tasks/list-files.ts';

export interface AttemptOptions extends Omit<Attempt, 'folder' | 'generated'> {
  subject: Subject;
  /** The name that the result is kept under, which tells variants of a subject apart. */
  label: string;
  repeat: number;
  results: string;
}

/** Has a subject attempt a task, checks what it left, and keeps all of it. */
export async function makeAttempt({ subject, label, repeat, results, ...asked }: AttemptOptions): Promise<Result> {
  const { task, model, seed } = asked;
  const folder = attemptFolder(results, { model, subject: label, task: task.id, repeat });
  const generated = join(folder, 'generated');
  await clearAttempt(folder);
  await mkdir(generated, { recursive: true });
  const beganAt = new Date().toISOString();
  const began = performance.now();
  const end = await subject.attempt({ ...asked, folder, generated });
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const { outcome, text } = await score(task, generated);
  await writeFile(join(folder, 'check.txt'), text);
  const { status, replies } = end;
  const result: Result = {
    version: 1,
    subject: label,
    model,
    task: task.id,
    family: task.family,
    level: task.level,
    split: task.split,
    repeat,
    seed,
    status,
    exit_code: end.exitCode,
    error: end.error,
    seconds,
    tokens: end.tokens,
    sampling: end.sampling,
    replies,
    files: listFiles(generated),
    violations: await findViolations({ task, status, replies, generated }),
    check: outcome,
    program: programVersion(),
    began_at: beganAt,
  };
  await writeResult(folder, result);
  return result;
}
