import { MultiagentError } from '../utils/multiagent-error.ts';
import { readRegularFile } from '../utils/read-regular-file.ts';
import { unreadableReason } from '../utils/describe-error.ts';
import { showFile } from './folders.ts';

/** Ten times the size of the shipped file. The limit is needed because parsing time grows faster than the size. */
const mostBytes = 64_000;

/**
 * The text of a settings file. The file may have come with a project, so it must be an ordinary file of bounded size.
 * @throws MultiagentError `settings.unreadable`
 */
export function readSettingsText(path: string, directory: string): string {
  try {
    return readRegularFile(path, mostBytes).toString('utf8');
  } catch (cause) {
    throw new MultiagentError({
      category: 'usage',
      code: 'settings.unreadable',
      message: `${showFile(path, directory)} cannot be read: ${unreadableReason(cause)}.`,
      hint: 'Make it a file that you may read, or move it away.',
      cause,
    });
  }
}
