import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { layOutFiles } from './lay-out-files.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';
import { packagesAround, type RunCheckOptions } from './run-check.ts';
import { linkPackages, type SeenPackages } from './seen-packages.ts';

export interface WithContentsOptions extends Pick<RunCheckOptions, 'sandbox' | 'folder' | 'workspace'> {
  files: readonly { path: string; content: string | Uint8Array }[];
  /** What lies below them. Default: nothing. */
  below?: ProjectBelow | undefined;
  /** What was fetched for them. */
  packages: SeenPackages;
}

/** Files that are laid out. */
export interface LaidOutContents {
  /** Absolute: where they are. */
  folder: string;
  /** Absolute: where they stand for commands. */
  place: string;
  /** Runs commands on them there. It needs no more than the command, what it may take, and variables. */
  sandbox: Sandbox;
}

/**
 * Lays files out in a folder of its own, with the project and its packages below them, and has commands find them where those of the run stand. The folder is gone
 * afterwards. Where a person has switched the sandbox off it is a folder of its own all the same.
 * @throws what the system says where they cannot be laid out; what `work` throws.
 */
export async function withContents<Result>(
  { sandbox, folder, workspace, files, below = nothingBelow, packages }: WithContentsOptions,
  work: (contents: LaidOutContents) => Promise<Result>,
): Promise<Result> {
  const above = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-check-')));
  try {
    const contents = join(above, 'files');
    await mkdir(contents);
    // First, because they are what the files of the run ask for.
    await linkPackages(contents, packages);
    await below.layOut(contents);
    await layOutFiles(contents, files);
    const around = packagesAround(folder, workspace);
    const isOff = sandbox.kind === 'off';
    if (isOff) for (const path of around) await symlink(path, join(above, basename(path))).catch(() => undefined);
    const place = isOff ? contents : folder;
    const seen = (readable: readonly string[]) =>
      isOff ? {} : { contents, readable: [...readable, ...around, ...below.readable, ...packages.readable], hidden: [workspace] };
    const onThem: Sandbox = {
      kind: sandbox.kind,
      probe: () => sandbox.probe(),
      // What stands there is the run's own work, nobody believes it afterwards, and what else holds keys was left out: nothing has to be guarded.
      run: ({ environment, guarded: _guarded, readable = [], ...command }) =>
        sandbox.run({ ...command, ...seen(readable), folder: place, environment: { ...environment, ...packages.environment } }),
    };
    return await work({ folder: contents, place, sandbox: onThem });
  } finally {
    await rm(above, { recursive: true, force: true }).catch(() => undefined);
  }
}
