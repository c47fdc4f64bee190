import { workspacePlaces } from '../../utils/workspace-places.ts';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../../files/disk/write-atomically.ts';
import { unwritableReason } from '../../files/disk/system-file-error.ts';
import { ensureFolder } from '../../utils/ensure-folder.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { ensureOwnFolder } from '../../utils/own-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/**
 * Saves a requirement of several lines as a file in the workspace, so that it is not lost and the command line that repeats the run can name it.
 * Like the journal, it can be read only by its owner. The same text always gets the same file. @returns its absolute path.
 */
export async function keepRequirement(text: string, workspace: string): Promise<string> {
  const folder = workspacePlaces(workspace).requirements;
  const path = join(folder, `${hashContent(text).slice(0, 12)}.md`);
  try {
    await ensureOwnFolder(dirname(folder));
    await ensureFolder(folder);
    await writeAtomically({ file: path, content: Buffer.from(text.endsWith('\n') ? text : `${text}\n`), mode: 0o600 });
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'requirement.not_kept',
      message: `The requirement cannot be saved in ${folder}: ${unwritableReason(error)}.`,
      hint: 'Make the folder writable, or take the requirement from a file.',
      cause: error,
    });
  }
  return path;
}
