/** The files of a project by path, by folder, and by what they say they are. It answers in path order. */
export class ProjectPaths {
  readonly #paths: ReadonlySet<string>;
  readonly #stems: ReadonlySet<string>;
  readonly #byFolder = new Map<string, string[]>();
  readonly #provided = new Map<string, string[]>();

  /** @param files sorted by path, with what each provides. */
  constructor(files: readonly { readonly path: string; readonly provides: readonly string[] }[]) {
    this.#paths = new Set(files.map(({ path }) => path));
    this.#stems = new Set(files.map(({ path }) => withoutEndings(path)));
    for (const { path, provides } of files) {
      addTo(this.#byFolder, folderOf(path), path);
      for (const key of provides) addTo(this.#provided, key, path);
    }
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** Whether there is a file whose path begins so and goes on, if at all, with endings. Quicker than to try each. */
  hasAny(path: string): boolean {
    return this.#stems.has(withoutEndings(path));
  }

  /** The first of these paths that is there, as a list. */
  first(candidates: Iterable<string>): string[] {
    for (const path of candidates) if (this.#paths.has(path)) return [path];
    return [];
  }

  /** The first files right in a folder, without those further down. */
  inFolder(folder: string): readonly string[] {
    return this.#byFolder.get(folder) ?? [];
  }

  /** The first files that provide this key. */
  provided(key: string): readonly string[] {
    return this.#provided.get(key) ?? [];
  }
}

/** An import of a whole folder or namespace stands for so many files at most: thousands of files that import each other's package stay linear. */
const mostTargets = 16;

function addTo(map: Map<string, string[]>, key: string, path: string): void {
  const paths = map.get(key);
  if (paths === undefined) map.set(key, [path]);
  else if (paths.length < mostTargets) paths.push(path);
}

/** Without the last '/'; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The name of a file without its folders and its endings. */
export function stemOf(path: string): string {
  return withoutEndings(path.slice(path.lastIndexOf('/') + 1));
}

/** A dot at the beginning of a name is no ending. */
function withoutEndings(path: string): string {
  const dot = path.indexOf('.', path.lastIndexOf('/') + 2);
  return dot === -1 ? path : path.slice(0, dot);
}

const deepest = 32;

/** A folder and those above it, the nearest first, as beginnings of paths: `a/b/`, `a/`, and the empty one. Bounded for very deep folders. */
export function beginningsAbove(folder: string): string[] {
  const beginnings: string[] = [];
  let at = folder;
  while (at !== '' && beginnings.length < deepest) {
    beginnings.push(`${at}/`);
    at = folderOf(at);
  }
  return [...beginnings, ''];
}

/** A path from a folder, with `.` and `..` followed. Undefined if it leaves the project, or is longer than any path. */
export function joinBelow(folder: string, path: string): string | undefined {
  if (path.length > 1000) return undefined;
  // Most are that simple.
  if (/^\.\/[^./][^/]*$/.test(path)) return folder === '' ? path.slice(2) : `${folder}/${path.slice(2)}`;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}
