import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from '../../operations/doctor/finding.ts';
import { unwritableReason } from '../../files/disk/system-file-error.ts';

/** Whether this version of Node is supported, according to `engines` in package.json. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const check = 'node';
  if ((major === 24 && minor >= 15) || major >= 26) return { check, state: 'ok', message: `Node ${version}` };
  return { check, state: 'problem', message: `Node ${version} is not supported`, hint: 'Install Node 24.15 or a later 24, or Node 26.' };
}

/** Whether a run can write its journal and its files. If the folder does not exist, whether it can be created. */
export async function checkWorkspace(folder: string): Promise<Finding> {
  const check = 'workspace';
  for (let place = folder; ; place = dirname(place)) {
    try {
      if (!(await stat(place)).isDirectory()) return { check, state: 'problem', message: `${place} is not a folder`, hint };
      await access(place, constants.W_OK);
      return { check, state: 'ok', message: place === folder ? `${folder} can be written` : `${folder} can be created` };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && dirname(place) !== place) continue;
      return { check, state: 'problem', message: `${place} cannot be written: ${unwritableReason(error)}`, hint };
    }
  }
}

const hint = 'Name a folder that you can write to with --workspace.';
