import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxCommand } from '../sandbox.ts';
import { systemFolders, systemSecrets, systemSettings, versionedSettings } from '../visible/system-places.ts';
import { visiblePlaces } from '../visible/visible-places.ts';

/** What this release of bubblewrap can do beyond the least. */
export interface BubblewrapFeatures {
  /** From 0.7: how much a folder in memory may hold. */
  sizes: boolean;
  /** From 0.8: no further namespaces inside. */
  disablesNamespaces: boolean;
}

export interface BubblewrapArgumentsOptions extends Pick<
  SandboxCommand,
  'folder' | 'contents' | 'readable' | 'hidden' | 'environment' | 'network'
> {
  features: BubblewrapFeatures;
  /** Absolute: where the person's toolchains and keys are. */
  personHome: string;
  /** Absolute: the home of the command, in memory. */
  home: string;
  /** Of the private folders in memory together. */
  memoryBytes: number;
}

/**
 * What bubblewrap is told: nothing of this machine but programs, libraries and toolchains, read-only, and one folder to write in. No rights of root, no
 * other processes, no network; everything goes when the one who started it goes.
 */
export function bubblewrapArguments(options: BubblewrapArgumentsOptions): string[] {
  const { folder, contents = folder, readable = [], hidden = [], environment, network, features, personHome, home, memoryBytes } = options;
  const size = features.sizes ? ['--size', String(Math.max(1, Math.floor(memoryBytes / 4)))] : [];
  const toolchains = visiblePlaces({ environment, home: personHome, system: systemFolders, hidden: [folder, ...hidden] });
  const shown = [...toolchains.readable, ...readable.map((path) => ({ at: path, from: path }))];
  const masked = [...systemSecrets.filter(isThere).map((path) => ({ path, isFolder: false })), ...toolchains.masked];
  return [
    ['--unshare-all', '--unshare-user', features.disablesNamespaces ? ['--disable-userns'] : []],
    network === 'machine' ? ['--share-net'] : [],
    ['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox'],
    systemFolders.flatMap(systemFolder),
    settingsFiles(network).flatMap(({ at, from }) => ['--ro-bind-try', from, at]),
    ['--proc', '/proc', '--dev', '/dev', size, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    [size, '--tmpfs', '/tmp', '--dir', '/var', '--symlink', '/tmp', '/var/tmp', size, '--tmpfs', home],
    shown.flatMap(({ at, from }) => ['--ro-bind-try', from, at]),
    masked.flatMap(({ path, isFolder }) => (isFolder ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', '/dev/null', path])),
    ['--bind', contents, folder, '--remount-ro', '/', '--chdir', folder],
  ].flat(2);
}

/** A system whose /bin is a link to /usr/bin has it inside, too. */
function systemFolder(path: string): string[] {
  try {
    return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  } catch {
    return [];
  }
}

/** Where links lead to a place that is not there inside, their target stands in their place. */
function settingsFiles(network: SandboxCommand['network']): { at: string; from: string }[] {
  const versioned = namesIn('/etc').filter((name) => versionedSettings.test(name));
  const paths = [...systemSettings, ...versioned.map((name) => join('/etc', name)), ...(network === 'machine' ? ['/etc/resolv.conf'] : [])];
  return [...new Set(paths)].flatMap((at) => {
    try {
      return [{ at, from: realpathSync(at) }];
    } catch {
      return [];
    }
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
