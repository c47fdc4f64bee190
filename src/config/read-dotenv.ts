import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { readSettingsText } from './read-settings-text.ts';

/** Blank space that no line needs; dotenv's own expression takes quadratic time in a longer run of it, and this one does not. */
const blankRun = /\s{100,}/g;

/**
 * The variables of the folder's `.env`; none where there is no such file.
 * @throws MultiagentError `settings.unreadable`
 */
export function readDotenv(directory: string): Record<string, string> {
  const path = join(directory, '.env');
  if (!existsSync(path)) return {};
  const text = readSettingsText(path, directory).replace(/^\uFEFF/, '');
  return parse(text.replaceAll(blankRun, (run) => `${run.slice(0, 99)}\n`));
}
