import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execPath } from 'node:process';
import { checkPath } from '../../files/disk/path-policy.ts';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult, Sandbox } from '../../sandbox/sandbox.ts';

/** What the programs of a run are tried with. */
export interface TrialPlace {
  sandbox: Sandbox;
  environment: Readonly<Record<string, string>>;
  /** Absolute: the project, which stays invisible. */
  workspace: string;
  /** Of each command. */
  timeoutMilliseconds: number;
  signal: AbortSignal;
}

/**
 * Works in a folder of its own that holds these files, and removes it afterwards. A path that leads out of a folder is left out: a journal may have come along.
 * All files are written before anything runs: later a program may have put a link in the place of one, which leads out of the sandbox.
 */
export async function inTrialFolder<Result>(
  files: readonly { path: string; content: string }[],
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-example-')));
  try {
    for (const { path, content } of files) {
      const checked = checkPath(path);
      if (checked.kind === 'refused') continue;
      await mkdir(dirname(join(folder, checked.path)), { recursive: true });
      await writeFile(join(folder, checked.path), content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Runs a command in such a folder, in the sandbox and without a network. Never rejects. */
export function runTrial(
  command: string,
  folder: string,
  { sandbox, environment, workspace, timeoutMilliseconds, signal }: TrialPlace,
): Promise<CommandResult> {
  // The Node that runs this program reads TypeScript; another one may stand first in the path.
  const PATH = [dirname(execPath), ...(environment['PATH'] === undefined ? [] : [environment['PATH']])].join(delimiter);
  return sandbox.run({
    command,
    folder,
    hidden: [workspace],
    environment: { ...environment, PATH, PYTHONDONTWRITEBYTECODE: '1' },
    network: 'none',
    limits: defaultLimits(timeoutMilliseconds),
    signal,
  });
}
