/** The files of a project by path, by folder, and by what they say they are. It answers in path order. */
export class ProjectPaths {
  readonly #paths: ReadonlySet<string>;
  readonly #byFolder = new Map<string, string[]>();
  readonly #provided = new Map<string, string[]>();

  /** @param files sorted by path, with what each provides. */
  constructor(files: readonly { readonly path: string; readonly provides: readonly string[] }[]) {
    this.#paths = new Set(files.map(({ path }) => path));
    for (const { path, provides } of files) {
      addTo(this.#byFolder, folderOf(path), path);
      for (const key of provides) addTo(this.#provided, key, path);
    }
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  /** The first of these paths that is there, as a list. */
  first(candidates: readonly string[]): string[] {
    const found = candidates.find((path) => this.#paths.has(path));
    return found === undefined ? [] : [found];
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

/** The name of a file without its folders and its ending. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.indexOf('.', 1);
  return dot === -1 ? name : name.slice(0, dot);
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
