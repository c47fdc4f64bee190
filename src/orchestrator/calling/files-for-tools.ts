import { hashContent } from '../../utils/hash-content.ts';
import { type FileForCheck, filesForCheck } from '../checks/files-for-check.ts';
import type { ProjectBelow } from '../checks/project-below.ts';
import type { SeenPackages } from '../checks/seen-packages.ts';
import type { RunContext } from '../run-context.ts';

export interface FilesForTools {
  files: readonly FileForCheck[];
  below: ProjectBelow;
  packages: SeenPackages;
  /** Equal where the run has written the same. What else happens in the project does not count: a step that writes nothing would call the same again and again beside a growing log. */
  hash: string;
}

/** What tools see: the files of the run as they stand, the project below them, and the packages that they need. */
export async function filesForTools({ journal, contentOf, project, packages: known }: RunContext): Promise<FilesForTools> {
  const { state } = journal;
  const below = await project.below(state);
  const files = (await filesForCheck(state, contentOf)).filter(({ path }) => !below.paths.has(path));
  const packages = await known.seenBy(files, below);
  return { files, below, packages, hash: hashContent(files.map(({ path, sha256 }) => `${path}\n${sha256}`).join('\n\n')) };
}
