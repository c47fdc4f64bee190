import type { CheckVerdict } from '../../verification/check-verdict.ts';
import { judgeCheck } from '../../verification/judge-check.ts';
import { planChecks } from '../../verification/plan-checks.ts';
import type { PlannedCheck } from '../../verification/planned-check.ts';
import { testCounts } from '../../verification/test-counts.ts';
import type { FileForCheck } from './files-for-check.ts';
import type { ProjectBelow } from './project-below.ts';
import type { RanOnContents } from './run-on-contents.ts';
import { textsOfFiles } from './texts-of-files.ts';

/** A command that tells whether what the team wrote works, and how its end is read. */
export interface WorkCheck extends Pick<PlannedCheck, 'command' | 'tools' | 'report'> {
  /** `command`: a person's own, or that of a step. */
  recipe: string;
  kind: PlannedCheck['kind'] | 'command';
  judge: (ran: RanOnContents) => CheckVerdict;
}

/** What is to be run on these files: the command that somebody named, else what the files themselves tell; nothing where they tell nothing. */
export async function workChecksFor(
  { files, below }: { files: readonly FileForCheck[]; below: ProjectBelow },
  command: string | undefined,
): Promise<WorkCheck[]> {
  if (command !== undefined)
    return [{ recipe: 'command', kind: 'command', command, tools: [], judge: (ran) => judgeCommand(command, ran) }];
  const planned = await planChecks(textsOfFiles(files, below));
  return planned.map((check) => ({ ...check, judge: (ran) => judgeCheck(check, { ...ran, folder: ran.place }) }));
}

/** Shells say so of a program that is not there. */
const notFound = 127;
const shellSays = /^(?:[^\n:]{1,100}: ){1,3}([^\n:]{1,200}): (?:command )?not found$/m;
const mostCharacters = 1200;

const bounds = { processes: 'It started too many processes and was ended.', memory: 'It used too much memory and was ended.' };

function judgeCommand(command: string, { outcome, exitCode, exceeded, output }: RanOnContents): CheckVerdict {
  if (exceeded !== undefined) return { kind: 'failed', firstFailure: bounds[exceeded] };
  if (outcome === 'passed' || outcome === 'failed') {
    if (exitCode === notFound) return { kind: 'missing_tool', tool: shellSays.exec(output)?.[1] ?? command.split(' ', 1)[0] ?? command };
    const counts = testCounts(output);
    const results = counts === undefined ? {} : { results: { ...counts, skipped: 0, tests: [] } };
    return outcome === 'passed' ? { kind: 'passed', ...results } : { kind: 'failed', ...results, firstFailure: endOf(output) };
  }
  return outcome === 'timed_out' ? { kind: 'timed_out' } : { kind: 'not_run', why: endOf(output) };
}

function endOf(output: string): string {
  return output.trim().slice(-mostCharacters);
}
