import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { readReport } from '../../verification/read-report.ts';
import type { RunCheckOptions } from './run-check.ts';
import { withContents, type WithContentsOptions } from './with-contents.ts';

export interface RunOnContentsOptions extends Omit<RunCheckOptions, 'written' | 'network' | 'below'>, WithContentsOptions {
  /** A file that the command is to write, relative to the folder. */
  report?: string | undefined;
}

/** What came of it; `report`: its text, where there is one; `place`: where the command ran, as it saw it. */
export type RanOnContents = CommandResult & { report?: string | undefined; place?: string | undefined };

/** Runs a command on files as `withContents` lays them out, without network. Never rejects: what keeps the files from being laid out is the reason why it did not start. */
export async function runOnContents({
  sandbox,
  folder,
  workspace,
  files,
  below,
  packages,
  timeoutMilliseconds,
  report,
  ...command
}: RunOnContentsOptions): Promise<RanOnContents> {
  try {
    return await withContents({ sandbox, folder, workspace, files, below, packages }, async (contents) => {
      const limits = defaultLimits(timeoutMilliseconds);
      const result = await contents.sandbox.run({ ...command, folder: contents.place, limits, network: 'none' });
      const seen = { ...result, place: contents.place };
      return report === undefined ? seen : { ...seen, report: await readReport(contents.folder, report) };
    });
  } catch (error) {
    return { outcome: 'not_started', durationMilliseconds: 0, output: (error as Error).message, outputBytes: 0 };
  }
}
