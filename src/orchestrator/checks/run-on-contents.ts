import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { readReport } from '../../verification/read-report.ts';
import { layOutFiles } from './lay-out-files.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';
import { packagesAround, type RunCheckOptions } from './run-check.ts';
import { linkPackages, type SeenPackages } from './seen-packages.ts';

export interface RunOnContentsOptions extends Omit<RunCheckOptions, 'written' | 'network'> {
  files: readonly { path: string; content: string | Uint8Array }[];
  /** What lies below them. Default: nothing. */
  below?: ProjectBelow | undefined;
  /** What was fetched for them. */
  packages: SeenPackages;
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
  below = nothingBelow,
  packages,
  report,
  ...command
}: RunOnContentsOptions): Promise<RanOnContents> {
  let above: string | undefined;
  try {
    above = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-check-')));
    const contents = join(above, 'files');
    await mkdir(contents);
    // First, because they are what the files of the run ask for.
    await linkPackages(contents, packages);
    await below.layOut(contents);
    await layOutFiles(contents, files);
    const around = packagesAround(folder, workspace);
    const limits = defaultLimits(timeoutMilliseconds);
    const environment = { ...command.environment, ...packages.environment };
    const place = { ...command, environment, limits, network: 'none' as const };
    if (sandbox.kind === 'off') for (const path of around) await symlink(path, join(above, basename(path))).catch(() => undefined);
    const result =
      sandbox.kind === 'off'
        ? await sandbox.run({ ...place, folder: contents })
        : await sandbox.run({
            ...place,
            folder,
            contents,
            readable: [...around, ...below.readable, ...packages.readable],
            hidden: [workspace],
          });
    const seen = { ...result, place: sandbox.kind === 'off' ? contents : folder };
    return report === undefined ? seen : { ...seen, report: await readReport(contents, report) };
  } catch (error) {
    return { outcome: 'not_started', durationMilliseconds: 0, output: (error as Error).message, outputBytes: 0 };
  } finally {
    if (above !== undefined) await rm(above, { recursive: true, force: true }).catch(() => undefined);
  }
}
