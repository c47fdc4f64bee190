import { lstat, mkdir, readdir, readlink, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { contains } from '../../sandbox/visible/visible-places.ts';

/** Folders of packages, which stand beside the files that ask for them and are ignored by Git. */
const packageFolders = ['node_modules', '.venv', 'venv', 'vendor'];
/** Files that ask for packages. */
const asks =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|requirements[\w.-]{0,40}\.txt|go\.mod|composer\.json|Gemfile|Cargo\.toml)$/;
const mostFolders = 500;

/** Folders of packages of a project. */
export interface ProjectPackages {
  /** Absolute: the project. */
  project: string;
  /** Relative to the project, and absolute with links followed. */
  folders: readonly { at: string; from: string }[];
  /** Absolute: all of them, to be shown to a command. */
  readable: readonly string[];
}

/**
 * The folders of packages beside the files of a project. A link may stand for one, to another of that name and to nothing else; what is among the files themselves
 * is none.
 */
export async function findProjectPackages(project: string, paths: ReadonlySet<string>): Promise<ProjectPackages> {
  const asking = [...paths].filter((path) => asks.test(path)).map((path) => (path.includes('/') ? dirname(path) : ''));
  const own = new Set(
    [...paths].flatMap((path) => path.split('/').flatMap((_, index, parts) => (index === 0 ? [] : [parts.slice(0, index).join('/')]))),
  );
  const folders: { at: string; from: string }[] = [];
  const root = await realpath(project).catch(() => project);
  for (const folder of [...new Set(['', ...asking])].slice(0, mostFolders)) {
    for (const name of packageFolders) {
      const at = folder === '' ? name : `${folder}/${name}`;
      if (own.has(at)) continue;
      const from = await realpath(join(root, at)).catch(() => undefined);
      const above = await realpath(join(root, folder)).catch(() => undefined);
      if (from !== undefined && above !== undefined && basename(from) === name && contains(root, above)) folders.push({ at, from });
    }
  }
  return { project: root, folders, readable: folders.map(({ from }) => from) };
}

/**
 * Puts links to the packages into a copy of the project: each package is a link of its own, so that what tools write beside them is theirs. A package that is a part
 * of the project itself leads to the copy.
 */
export async function linkProjectPackages(copy: string, { project, folders }: ProjectPackages): Promise<void> {
  for (const { at, from } of folders) await linkEntries(join(copy, at), { from, copy, project });
}

async function linkEntries(place: string, { from, copy, project }: { from: string; copy: string; project: string }): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => []);
  if (entries.length > 0) await mkdir(place, { recursive: true });
  for (const entry of entries) {
    const source = join(from, entry.name);
    const target = join(place, entry.name);
    if (entry.isDirectory() && entry.name.startsWith('@')) await linkEntries(target, { from: source, copy, project });
    else await symlink((await inCopy(source, { place, copy, project })) ?? source, target).catch(() => undefined);
  }
}

/** Where a link leads to a folder of the project that is none of packages: the same folder of the copy. */
async function inCopy(
  source: string,
  { place, copy, project }: { place: string; copy: string; project: string },
): Promise<string | undefined> {
  const isLink = await lstat(source).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (!isLink) return undefined;
  const leads = resolve(dirname(source), await readlink(source));
  const way = relative(project, leads);
  if (!contains(project, leads) || way === '' || way.split(/[\\/]/).some((part) => packageFolders.includes(part))) return undefined;
  // The copy stands elsewhere in a sandbox.
  return relative(place, join(copy, way));
}
