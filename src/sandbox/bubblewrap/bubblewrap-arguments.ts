import { lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxCommand } from '../sandbox.ts';
import { systemFolders, systemSecrets, systemSettings, versionedSettings } from '../visible/system-places.ts';
import { visiblePlaces } from '../visible/visible-places.ts';

/** What this release of bubblewrap can do beyond the oldest one that works here. */
export interface BubblewrapFeatures {
  /** From 0.7: how much a folder in memory may hold. */
  sizes: boolean;
  /** From 0.8: no further namespaces inside. */
  disablesNamespaces: boolean;
}

export interface BubblewrapArgumentsOptions extends Pick<
  SandboxCommand,
  'folder' | 'contents' | 'readable' | 'hidden' | 'guarded' | 'environment' | 'network'
> {
  features: BubblewrapFeatures;
  /** Absolute: where the person's toolchains and keys are. */
  personHome: string;
  /** Absolute: the home of the command, in memory. */
  home: string;
  /** For all private folders in memory together. */
  memoryBytes: number;
}

/**
 * The arguments for bubblewrap. A command sees only programs, libraries and toolchains of this machine, read-only, and one folder that it can write to. It has
 * no root rights, no other processes and no network. It ends when the process that started it ends.
 */
export function bubblewrapArguments(options: BubblewrapArgumentsOptions): string[] {
  const {
    folder,
    contents = folder,
    readable = [],
    hidden = [],
    guarded = [],
    environment,
    network,
    features,
    personHome,
    home,
    memoryBytes,
  } = options;
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
    masked.flatMap(emptyPlace),
    ['--bind', contents, folder],
    guarded.flatMap((place) => {
      const from = join(contents, place.path);
      const path = join(folder, place.path);
      return place.as === 'read_only' ? ['--ro-bind', from, path] : emptyPlace({ path, isFolder: isFolder(from) });
    }),
    ['--remount-ro', '/', '--chdir', folder],
  ].flat(2);
}

function emptyPlace({ path, isFolder }: { path: string; isFolder: boolean }): string[] {
  return isFolder ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', '/dev/null', path];
}

/** Where /bin is a link to /usr/bin, it is one in the sandbox, too. */
function systemFolder(path: string): string[] {
  try {
    return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
  } catch {
    return [];
  }
}

/** Where a link leads to a place that the sandbox does not have, its target replaces it. */
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

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
