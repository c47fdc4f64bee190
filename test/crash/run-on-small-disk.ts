import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { platform, env, execPath } from 'node:process';
import { delimiter } from 'node:path';
import { text } from 'node:stream/consumers';
import { commandFile } from '../support/command-file.ts';
import { commandFolder, ownVariables, type CommandOutcome } from '../support/run-command.ts';

// Of util-linux: gives a process a view of the file systems of its own.
const unshare = 'unshare';

/** Whether a process without rights may put a file system of its own somewhere. */
export const hasSmallDisks = platform === 'linux' && spawnSync(unshare, ['--map-root-user', '--mount', 'true']).status === 0;

/** Runs `multiagent` while a file system of 20 KB stands at `folder`; it is gone afterwards, with all that is on it. */
export async function runOnSmallDisk(
  args: string[],
  { directory, folder, input }: { directory: string; folder: string; input: string },
): Promise<CommandOutcome> {
  const script = 'mount -t tmpfs -o size=20k none "$1" && shift && exec "$@"';
  const inside = ['sh', '-c', script, 'sh', folder, execPath, commandFile, ...args];
  const child = spawn(unshare, ['--map-root-user', '--mount', ...inside], {
    cwd: directory,
    env: { PATH: [commandFolder, env['PATH']].join(delimiter), HOME: directory, ...ownVariables(args) },
  });
  child.stdin.end(input);
  const closed = once(child, 'close');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, output, errors };
}
