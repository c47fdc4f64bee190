import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { readReport } from '../../verification/read-report.ts';
import type { FileForCheck } from './files-for-check.ts';
import { layOutFiles } from './lay-out-files.ts';
import { packagesAround, type RunCheckOptions } from './run-check.ts';

export interface RunOnContentsOptions extends Omit<RunCheckOptions, 'written' | 'network'> {
  files: readonly Pick<FileForCheck, 'path' | 'content'>[];
  /** A file that the command is to write, relative to the folder. */
  report?: string | undefined;
}

/** What came of it; `report`: its text, where there is one; `place`: where the command ran, as it saw it. */
export type RanOnContents = CommandResult & { report?: string | undefined; place?: string | undefined };

/**
 * Runs a command on files that stand where those of the run stand, in a folder of its own that is gone afterwards, without network. Where a person has switched
 * the sandbox off it is a folder of its own all the same. Never rejects: what keeps the files from being laid out is the reason why it did not start.
 */
export async function runOnContents({
  sandbox,
  folder,
  workspace,
  timeoutMilliseconds,
  files,
  report,
  ...command
}: RunOnContentsOptions): Promise<RanOnContents> {
  let above: string | undefined;
  try {
    above = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-check-')));
    const contents = join(above, 'files');
    await mkdir(contents);
    await layOutFiles(contents, files);
    const packages = packagesAround(folder, workspace);
    const limits = defaultLimits(timeoutMilliseconds);
    const place = { ...command, limits, network: 'none' as const };
    if (sandbox.kind === 'off') for (const path of packages) await symlink(path, join(above, basename(path))).catch(() => undefined);
    const result =
      sandbox.kind === 'off'
        ? await sandbox.run({ ...place, folder: contents })
        : await sandbox.run({ ...place, folder, contents, readable: packages, hidden: [workspace] });
    const seen = { ...result, place: sandbox.kind === 'off' ? contents : folder };
    return report === undefined ? seen : { ...seen, report: await readReport(contents, report) };
  } catch (error) {
    return { outcome: 'not_started', durationMilliseconds: 0, output: (error as Error).message, outputBytes: 0 };
  } finally {
    if (above !== undefined) await rm(above, { recursive: true, force: true }).catch(() => undefined);
  }
}
