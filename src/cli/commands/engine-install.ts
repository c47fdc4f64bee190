import { printableLine } from '../../utils/printable.ts';
import { enginePlace } from '../engine/engine-place.ts';
import { installEngine } from '../engine/install-engine.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { writeFolded } from '../write-folded.ts';

export interface EngineInstallOptions {
  yes?: boolean | undefined;
}

/** `multiagent engine install` */
export async function engineInstall({ yes }: EngineInstallOptions): Promise<ExitCode> {
  const here = enginePlace();
  if (here !== undefined) {
    writeFolded(`The embedded engine is already here: ${printableLine(here)}\n`);
    return exitCode.completed;
  }
  const outcome = await installEngine(yes ? 'given' : 'ask');
  if (outcome === 'installed') writeFolded('Try it: multiagent demo\n');
  return outcome === 'stopped' ? exitCode.interrupted : exitCode.completed;
}
