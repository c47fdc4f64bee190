import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listFiles } from '../tasks/list-files.ts';
import type { ProjectFile } from '../tasks/task.ts';

export interface Changes {
  workspace: string;
  /** What lay there before. */
  project: readonly ProjectFile[];
  /** Where the files go that are checked. */
  generated: string;
  /** Whether a path is what the program keeps for itself. */
  isOwn: (path: string) => boolean;
}

/** Keeps what a program wrote anew or changed in a workspace. Empty files are none: some create what they are told of before they write it. */
export async function keepChanges({ workspace, project, generated, isOwn }: Changes): Promise<void> {
  const given = new Map(project.map(({ path, content }) => [path, content]));
  for (const path of listFiles(workspace).filter((each) => !isOwn(each))) {
    const content = await readFile(join(workspace, path), 'utf8');
    if (content === given.get(path) || content === '') continue;
    await mkdir(dirname(join(generated, path)), { recursive: true });
    await copyFile(join(workspace, path), join(generated, path));
  }
}
