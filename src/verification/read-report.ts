import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../utils/read-regular-file.ts';

/** A report of ten thousand tests is smaller. */
const mostBytes = 8 * 1024 * 1024;

/**
 * What a check wrote into its report; undefined if there is none that can be read. A program had the folder to itself: the report may be a link, a pipe, or
 * endless.
 * @param folder Absolute: where the command ran. @param report Relative to it.
 */
export async function readReport(folder: string, report: string): Promise<string | undefined> {
  const path = join(folder, report);
  try {
    if (!(await lstat(path)).isFile() || (await realpath(path)) !== join(await realpath(folder), report)) return undefined;
    return readRegularFile(path, mostBytes).toString('utf8');
  } catch {
    return undefined;
  }
}
