import { existsSync } from 'node:fs';
import { mkdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits } from '../../sandbox/limits.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import type { PlannedInstall } from '../../verification/planned-install.ts';
import { layOutFiles } from '../checks/lay-out-files.ts';
import type { RunCommands } from '../run-commands.ts';

export interface FetchPackagesOptions {
  plan: PlannedInstall;
  /** Absolute: where the packages are to lie. It is there only once all of them are. */
  place: string;
  /** Nobody else fetches under this name at the same time. */
  run: string;
  commands: RunCommands;
  environment: Readonly<Record<string, string>>;
  timeoutMilliseconds: number;
  signal: AbortSignal;
}

/**
 * Fetches packages in the sandbox, with the network: the package manager sees its own list of packages and nothing of the project, and can write nowhere but
 * beside it. Never rejects.
 */
export async function fetchPackages({ plan, place, run, ...options }: FetchPackagesOptions): Promise<CommandResult> {
  const { commands, environment, timeoutMilliseconds, signal } = options;
  const below = `${place}.${run}`;
  try {
    // What a run that was killed here has left.
    await rm(below, { recursive: true, force: true });
    await mkdir(below, { recursive: true, mode: 0o700 });
    const folder = await realpath(below);
    await layOutFiles(
      folder,
      plan.files.map(({ path, text }) => ({ path, content: text })),
    );
    const result = await commands.sandbox.run({
      command: plan.fetch,
      folder,
      hidden: [commands.workspace],
      environment,
      network: 'machine',
      limits: defaultLimits(timeoutMilliseconds),
      signal,
    });
    if (result.outcome === 'passed') {
      for (const name of plan.leftovers ?? []) await rm(join(folder, name), { recursive: true, force: true });
      // Another run may have fetched the same meanwhile.
      if (!existsSync(place)) await rename(folder, place).catch((error: unknown) => throwUnless(existsSync(place), error));
    }
    return result;
  } catch (error) {
    return { outcome: 'not_started', durationMilliseconds: 0, output: (error as Error).message, outputBytes: 0 };
  } finally {
    await rm(below, { recursive: true, force: true }).catch(() => undefined);
  }
}

function throwUnless(isFine: boolean, error: unknown): void {
  if (!isFine) throw error;
}
