import { relative, isAbsolute, sep, basename, dirname, join, resolve } from 'node:path';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { credentialsIn } from './credentials.ts';
import { toolchainPrograms, toolchains, toolchainVariables } from './toolchains.ts';

export interface VisiblePlacesOptions {
  /** The command's variables; `PATH` and those of toolchains are read. */
  environment: Readonly<Record<string, string>>;
  /** Absolute: in the sandbox it is empty, except for toolchains. */
  home: string;
  /** The system's folders, which are visible already. */
  system: readonly string[];
  /** Absolute: folders that must not be shown; nor may any folder around them. */
  hidden: readonly string[];
}

export interface VisiblePlaces {
  /** Files and folders to read, each at its own path; `from` is the path with links followed. A folder comes before what is in it. */
  readable: { at: string; from: string }[];
  /** What stays invisible in them: such folders and files appear empty. */
  masked: { path: string; isFolder: boolean }[];
}

/**
 * Which toolchains of the person a command may read: those of the table below the home, and those that `PATH` leads to. A folder that contains the home,
 * anything hidden or keys is never shown as a whole, whatever a variable says.
 */
export function visiblePlaces({ environment, home, system, hidden }: VisiblePlacesOptions): VisiblePlaces {
  const rows = toolchains.map((row) => ({ ...row, roots: rootsOf(join(home, row.folder), row.variable && environment[row.variable]) }));
  // A toolchain that is shown in parts is never shown whole: its keys are beside these parts.
  const divided = rows.filter(({ parts }) => parts !== undefined).flatMap(({ roots }) => roots);
  const secretFolders = [home, ...hidden, ...keyFolders.map((name) => join(home, name)), ...divided].flatMap((path) => [
    path,
    realOf(path) ?? path,
  ]);
  const result: VisiblePlaces = { readable: [], masked: [] };
  const isShown = (path: string) => [...system, ...result.readable.map(({ at }) => at)].some((shown) => contains(shown, path));

  const show = (path: string): boolean => {
    if (isShown(path)) return true;
    const from = realOf(path);
    if (from === undefined || !isDeepEnough(from)) return false;
    const isSecret = (place: string) =>
      secretFolders.some((secret) => contains(place, secret)) || keyFolders.some((name) => contains(join(home, name), place));
    if (isSecret(path) || isSecret(from)) return false;
    result.readable.push({ at: path, from }, ...(from === path || isShown(from) ? [] : [{ at: from, from }]));
    result.masked.push(
      ...credentialsIn(from).map(({ path: found, isFolder }) => ({ path: join(path, found.slice(from.length)), isFolder })),
    );
    if (from !== path) result.masked.push(...credentialsIn(from));
    return true;
  };

  for (const { roots, parts, without = [] } of rows) {
    for (const root of roots) {
      if (parts !== undefined) for (const part of parts) show(join(root, part));
      else show(root);
      const kept = without.map((part) => join(root, part)).filter((path) => existsSync(path) && isShown(path));
      result.masked.push(...kept.map((path) => ({ path, isFolder: true })));
    }
  }
  for (const variable of toolchainVariables) {
    const folder = environment[variable];
    if (folder !== undefined && isAbsolute(folder)) show(resolve(folder));
  }
  for (const entry of (environment['PATH'] ?? '').split(':')) if (isAbsolute(entry)) showProgramFolder(resolve(entry), show);
  return result;
}

/** Folders such as /opt hold more than a toolchain; only a virtual environment may be there. */
function isDeepEnough(folder: string): boolean {
  const above = dirname(folder);
  return dirname(above) !== above || (above !== folder && existsSync(join(folder, 'pyvenv.cfg')));
}

/** Folders below the home that hold no toolchain. */
const keyFolders = [
  '.ssh',
  '.gnupg',
  '.aws',
  '.azure',
  '.kube',
  '.docker',
  '.config',
  '.password-store',
  '.mozilla',
  '.local/share/keyrings',
];

function rootsOf(usual: string, named: string | undefined): string[] {
  // GOPATH may name several.
  const others = (named ?? '').split(':').filter((path) => isAbsolute(path));
  return [...new Set([usual, ...others.map((path) => resolve(path))])];
}

/**
 * Shows a folder of programs and the toolchain that it belongs to: the packages around `node_modules/.bin`, a virtual environment, or the folder around a known
 * program.
 */
function showProgramFolder(folder: string, show: (path: string) => boolean, depth = 0): void {
  const above = dirname(folder);
  if (basename(folder) === '.bin' && basename(above) === 'node_modules') {
    show(above);
    return;
  }
  // Version managers link from here to what is beside it.
  if (basename(folder) === 'shims') show(above);
  const base = baseOfEnvironment(above);
  if (base !== undefined) {
    show(above);
    if (depth < 2) showProgramFolder(base, show, depth + 1);
  }
  for (const program of toolchainPrograms) {
    const real = realOf(join(folder, program));
    // A project's link may lead anywhere. Only a link to a program of that name shows a toolchain.
    const isIt = real !== undefined && basename(real).startsWith(program.replace(/\d$/, '')) && basename(dirname(real)) === 'bin';
    if (isIt) show(dirname(dirname(real)));
  }
  show(folder);
}

/** The folder of the Python that a virtual environment is based on. Undefined if the folder is no such environment, or names a folder without a Python. */
function baseOfEnvironment(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, 'pyvenv.cfg'), 'utf8');
    const home = text.split('\n').find((line) => line.startsWith('home'));
    const base = home?.slice(home.indexOf('=') + 1).trim();
    return base !== undefined && isAbsolute(base) && ['python3', 'python'].some((name) => existsSync(join(base, name))) ? base : undefined;
  } catch {
    return undefined;
  }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether a path is the folder or is somewhere in it. Both are absolute; links are not followed. */
export function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
