import { onTestFinished } from 'vitest';
import { Bubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts';
import { defaultLimits, type SandboxLimits } from '../../src/sandbox/limits.ts';
import type { CommandResult, SandboxCommand } from '../../src/sandbox/sandbox.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bubblewrap = new Bubblewrap();
const probe = await bubblewrap.probe();

/** Why the sandbox of this machine cannot be tried; undefined where it can. For the names of tests that are skipped. */
export const noSandbox = probe.state === 'missing' ? `${probe.why}. ${probe.hint}` : undefined;

export const skipNote = noSandbox === undefined ? '' : ` (skipped: ${noSandbox})`;

export type Tried = CommandResult & { folder: string };

/** Runs a command in a real sandbox, in a folder of its own. */
export async function tryIt(
  command: string,
  { limits, ...options }: Partial<Omit<SandboxCommand, 'limits'>> & { limits?: Partial<SandboxLimits> } = {},
): Promise<Tried> {
  const folder = options.folder ?? temporaryFolder();
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const result = await bubblewrap.run({
    command,
    folder,
    environment: { HOME: '/home/somebody', PATH: '/usr/bin:/bin' },
    network: 'none',
    signal: stop.signal,
    ...options,
    limits: { ...defaultLimits(30_000), ...limits },
  });
  return { ...result, folder };
}
