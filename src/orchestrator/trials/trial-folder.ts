import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult, Sandbox } from '../../sandbox/sandbox.ts';
import { commandEnvironment } from '../checks/command-environment.ts';
import { layOutFiles } from '../checks/lay-out-files.ts';
import type { ProjectBelow } from '../checks/project-below.ts';
import { linkPackages, type SeenPackages } from '../checks/seen-packages.ts';

/** What the programs of a run are tried with. */
export interface TrialPlace {
  sandbox: Sandbox;
  environment: Readonly<Record<string, string>>;
  /** Absolute: the project, which stays invisible. */
  workspace: string;
  /** What was fetched for the files. */
  packages: SeenPackages;
  /** The files of the project that lie below. */
  below: ProjectBelow;
  /** Of each command. */
  timeoutMilliseconds: number;
  signal: AbortSignal;
}

/**
 * Works in a folder of its own that holds these files over those of the project, and removes it afterwards.
 * All files are written before anything runs: later a program may have put a link in the place of one, which leads out of the sandbox.
 */
export async function inTrialFolder<Result>(
  files: readonly { path: string; content: string }[],
  { packages, below }: Pick<TrialPlace, 'packages' | 'below'>,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-example-')));
  try {
    await linkPackages(folder, packages);
    await below.layOut(folder);
    await layOutFiles(folder, files);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Runs a command in such a folder, in the sandbox and without a network. Never rejects. */
export function runTrial(
  command: string,
  folder: string,
  { sandbox, environment, workspace, packages, below, timeoutMilliseconds, signal }: TrialPlace,
): Promise<CommandResult> {
  return sandbox.run({
    command,
    folder,
    hidden: [workspace],
    readable: [...below.readable, ...packages.readable],
    environment: { ...commandEnvironment(environment), ...packages.environment },
    network: 'none',
    limits: defaultLimits(timeoutMilliseconds),
    signal,
  });
}
