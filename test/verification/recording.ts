import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedFiles } from '../../src/verification/checked-files.ts';
import { judgeCheck } from '../../src/verification/judge-check.ts';
import { planChecks } from '../../src/verification/plan-checks.ts';
import type { CheckVerdict } from '../../src/verification/check-verdict.ts';

/** What a real tool said of a small project. `recordings-writer.ts` writes it anew. */
export interface Recording {
  files: Record<string, string>;
  runs: RecordedRun[];
}

export interface RecordedRun {
  command: string;
  exitCode: number;
  output: string;
  report?: string | undefined;
}

export const recordingsFolder = join(import.meta.dirname, 'recordings');

export function checkedFiles(files: Readonly<Record<string, string>>): CheckedFiles {
  return { paths: Object.keys(files), read: async (path) => files[path] };
}

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(join(recordingsFolder, `${name}.json`), 'utf8')) as Recording;
}

export interface JudgedRun {
  recipe: string;
  command: string;
  verdict: CheckVerdict;
}

/** What the recipes plan for the files of a recording, and make of what the tools said then. */
export async function judgeRecording(name: string): Promise<JudgedRun[]> {
  const { files, runs } = readRecording(name);
  const checks = await planChecks(checkedFiles(files));
  return checks.map((check) => {
    const run = runs.find(({ command }) => command === check.command);
    if (run === undefined) throw new Error(`${name} has no recording of: ${check.command}`);
    const { exitCode, output, report } = run;
    const outcome = exitCode === 0 ? 'passed' : 'failed';
    return {
      recipe: check.recipe,
      command: check.command,
      verdict: judgeCheck(check, { outcome, exitCode, output, report, folder: '/project' }),
    };
  });
}
