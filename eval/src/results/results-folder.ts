import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { listFiles } from '../tasks/list-files.ts';
import { type Result, resultSchema } from './result-schema.ts';

/** What names one attempt. */
export interface AttemptName {
  model: string;
  subject: string;
  task: string;
  repeat: number;
}

/** Where an attempt is kept: `<results>/<model>/<subject>/<family>/<name>/<repeat>`. */
export function attemptFolder(results: string, { model, subject, task, repeat }: AttemptName): string {
  return join(results, fileName(model), fileName(subject), task, String(repeat));
}

/** A name as one part of a path. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\w.@+-]/g, '-').replace(/^\.+/, '-');
}

/** @throws MultiagentError `eval.result_unreadable`. */
export function readResult(folder: string): Result | undefined {
  const file = join(folder, 'result.json');
  if (!existsSync(file)) return undefined;
  try {
    return resultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new MultiagentError({
      code: 'eval.result_unreadable',
      message: `${file} is not a result of this version: ${(error as Error).message.slice(0, 500)}`,
      hint: 'Remove its folder; the attempt is then made again.',
      cause: error,
    });
  }
}

/** Written last and as a whole: where it stands, everything of the attempt stands. */
export async function writeResult(folder: string, result: Result): Promise<void> {
  const file = join(folder, 'result.json');
  await writeFile(`${file}.part`, `${JSON.stringify(result, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

/** What an attempt that was broken off has left. */
export async function clearAttempt(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Every result under a folder, with where it lies. */
export function allResults(results: string): { folder: string; result: Result }[] {
  return listFiles(results)
    .filter((path) => /^[^/]+\/[^/]+\/[^/]+\/[^/]+\/\d+\/result\.json$/.test(path))
    .map((path) => join(results, path, '..'))
    .map((folder) => ({ folder, result: readResult(folder)! }));
}
