import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { enginePackage } from '../../local-engine/embedded/native-library.ts';
import { startEmbeddedServer } from '../../local-engine/embedded/start-embedded-server.ts';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { confirm } from '../runs/confirm.ts';
import { stopOnSignal } from '../stop-signals.ts';
import { writeFolded } from '../write-folded.ts';
import { engineManifest, standIn } from './engine-manifest.ts';
import { ownEngineFolder } from './engine-place.ts';
import { runNpm } from './run-npm.ts';

/** Measured on Linux with an x64 processor; binaries for other machines are of about the same size. */
const size = 'about 80 MB to download, about 120 MB on the disk';

/** `stopped`: Ctrl-C at the question. */
export type EngineInstallation = 'installed' | 'declined' | 'stopped';

/**
 * Says what would be downloaded, asks, installs the engine for all projects of a person, however this program was installed, and tests it.
 * @throws MultiagentError where it cannot be installed, where it does not run, and where nobody can be asked.
 */
export async function installEngine(consent: 'ask' | 'given'): Promise<EngineInstallation> {
  const folder = ownEngineFolder();
  writeFolded(`package  ${enginePackage.name} ${enginePackage.version}, with npm\nto       ${printableLine(folder)}\nsize     ${size}\n`);
  if (consent === 'ask') {
    const answer = await confirm('Download it?', '--yes');
    if (answer === 'stopped') return 'stopped';
    if (answer === 'no') {
      writeFolded('Nothing was downloaded.\n');
      return 'declined';
    }
  }
  using stop = stopOnSignal(
    new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'Interrupted; nothing was installed.' }),
  );
  await fetchInto(folder, stop.signal);
  const server = await startEmbeddedServer({ signal: stop.signal });
  await server.stop();
  writeFolded(`The embedded engine is installed and runs on this machine: ${printableLine(folder)}\n`);
  return 'installed';
}

/** The folder gets its final name only when it is complete, so that nobody ever loads part of it. */
async function fetchInto(folder: string, signal: AbortSignal): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await ensureFolder(dirname(folder));
  await mkdir(join(partial, standIn.name), { recursive: true });
  try {
    await writeFile(join(partial, 'package.json'), JSON.stringify(engineManifest(), undefined, 2));
    await writeFile(join(partial, standIn.name, 'package.json'), JSON.stringify(standIn.manifest));
    await runNpm(['install'], { folder: partial, signal });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}
