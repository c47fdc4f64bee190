import { folderOf, fileNameOf } from './path-parts.ts';

/** A file that a reply gives under a path other than the demanded one. */
export interface RenamedFile {
  from: string;
  to: string;
}

export interface MovedFilesOptions {
  /** The paths that the reply names, each once. */
  named: readonly string[];
  /** The paths that the step is to deliver. */
  expected: readonly string[];
}

/**
 * The demanded files that a reply gives under another folder, such as `src/report.py` for `report.py`: those whose base name occurs once in the reply and once
 * in the demanded paths, if no other demanded file is in that folder. If such a file exists already, the reply may mean that one.
 */
export function movedFiles({ named, expected }: MovedFilesOptions): RenamedFile[] {
  const given = new Set(named);
  return expected.flatMap((to) => {
    if (given.has(to) || expected.filter((path) => fileNameOf(path) === fileNameOf(to)).length > 1) return [];
    const [from, ...others] = named.filter((path) => fileNameOf(path) === fileNameOf(to));
    if (from === undefined || others.length > 0) return [];
    const folder = folderOf(from);
    const isFolderOfOthers = folder !== '' && expected.some((path) => path.startsWith(`${folder}/`));
    return isFolderOfOthers ? [] : [{ from, to }];
  });
}
