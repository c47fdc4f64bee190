import { toBytes } from '../../files/disk/file-content.ts';
import { type ListedFile, readBaseList } from '../../project/base-list.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { hashContent } from '../../utils/hash-content.ts';

/** A file of the project as it was when the run began. */
export interface BaseFile extends ListedFile {
  /** Whether the team was given the whole file at the start. What else was in the project, it has not seen. */
  shown: 'whole' | 'unseen';
}

/**
 * What was in the project when a run began, by path: the files that the run was given, and all others that it knew of. Empty for a run that began with nothing.
 * A list that is missing, or is not what this program writes, counts as empty: what is then written over a file of the project is a conflict when it is applied.
 */
export async function projectBase(
  { input }: Pick<RunState, 'input'>,
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>,
): Promise<ReadonlyMap<string, BaseFile>> {
  const base = new Map<string, BaseFile>();
  const list = input.project === undefined ? undefined : await contentOf(input.project.base);
  for (const file of list === undefined ? [] : readBaseList(list)) base.set(file.path, { ...file, shown: 'unseen' });
  for (const { path, content } of input.files) {
    const bytes = toBytes(content);
    // The list tells of the file as it is on the disk, with its byte order mark if it has one.
    const known = base.get(path) ?? { path, sha256: hashContent(bytes), bytes: bytes.length };
    base.set(path, { ...known, shown: 'whole' });
  }
  return base;
}

/** The files that the requirement speaks of, and those whose conventions the prompts have: the run can tell of them by name without its list. */
export function nearOfProject(project: RunState['input']['project']): string[] {
  return [...(project?.near ?? []), ...(project?.conventions ?? [])];
}
