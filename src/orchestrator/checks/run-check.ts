import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { EventData } from '../../events/run-stream-events.ts';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult, Sandbox, SandboxCommand } from '../../sandbox/sandbox.ts';
import { contains } from '../../sandbox/visible/visible-places.ts';
import { type CopyForCheck, copyForCheck } from './copy-for-check.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';

export interface RunCheckOptions extends Pick<SandboxCommand, 'command' | 'environment' | 'network' | 'signal'> {
  sandbox: Sandbox;
  /** Absolute: the files of the run. */
  folder: string;
  /** Absolute: the project. It stays invisible, but for the packages that its programs need. */
  workspace: string;
  timeoutMilliseconds: number;
  /** What the run wrote, relative to the folder. */
  written: ReadonlySet<string>;
  /** What lies below its files. Default: nothing. */
  below?: ProjectBelow | undefined;
}

export type RanCheck = Omit<EventData<'check.finished'>, 'command' | 'files'>;

/** Folders of packages that programs look for in the folders around them. A link may stand for one, to another of that name and to nothing else. */
const packageFolders = ['node_modules', '.venv', 'venv'];

/**
 * Runs a command on the files of a run, the project below them: in a sandbox on a copy that stands where they stand. Where a person has switched it off it is a
 * copy elsewhere, or, where no project is below, the files themselves. Never rejects.
 */
export async function runCheck({
  sandbox,
  folder,
  workspace,
  timeoutMilliseconds,
  written,
  below = nothingBelow,
  ...command
}: RunCheckOptions): Promise<RanCheck> {
  const limits = defaultLimits(timeoutMilliseconds);
  const place = { ...command, folder, limits };
  // On the files themselves, unless they make no whole without the project.
  if (sandbox.kind === 'off' && below.paths.size === 0)
    return { ...shown(await sandbox.run(place)), sandbox: sandbox.kind, ...withoutProject(below) };
  let copy: CopyForCheck;
  try {
    copy = await copyForCheck(folder, { written, below });
  } catch (error) {
    return { outcome: 'not_started', durationMilliseconds: 0, output: (error as Error).message, sandbox: sandbox.kind };
  }
  try {
    const readable = [...packagesAround(folder, workspace), ...below.readable];
    const result =
      sandbox.kind === 'off'
        ? await sandbox.run({ ...place, folder: copy.folder })
        : await sandbox.run({ ...place, contents: copy.folder, readable, hidden: [workspace] });
    const changed = result.outcome === 'not_started' ? 0 : await copy.countChanged();
    return {
      ...shown(result),
      sandbox: sandbox.kind,
      ...(sandbox.kind === 'off' ? {} : { network: command.network }),
      ...(changed === 0 ? {} : { changedFiles: changed }),
      ...(below.changed === undefined ? {} : { project: below.changed }),
      ...withoutProject(below),
    };
  } finally {
    await copy.remove().catch(() => undefined);
  }
}

function withoutProject({ leftOut }: ProjectBelow): Pick<RanCheck, 'withoutProject'> {
  return leftOut === undefined ? {} : { withoutProject: leftOut };
}

/** What is kept of a result. */
function shown({ outcome, exitCode, exceeded, durationMilliseconds, output }: CommandResult): RanCheck {
  return {
    outcome,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(exceeded === undefined ? {} : { exceeded }),
    durationMilliseconds,
    output,
  };
}

/** What programs look for in the folders around the files, up to the project's own. */
export function packagesAround(folder: string, workspace: string): string[] {
  const found: string[] = [];
  for (let place = dirname(folder); contains(workspace, place); place = dirname(place)) {
    found.push(...packageFolders.filter((name) => isPackageFolder(join(place, name), name)).map((name) => join(place, name)));
    if (dirname(place) === place) break;
  }
  return found;
}

function isPackageFolder(path: string, name: string): boolean {
  try {
    return basename(realpathSync(path)) === name;
  } catch {
    return false;
  }
}
