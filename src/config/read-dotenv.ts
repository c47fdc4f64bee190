import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { readSettingsText } from './read-settings-text.ts';

/** White space longer than any line needs. dotenv's own expression takes quadratic time on it; this one takes linear time. */
const blankRun = /\s{100,}/g;

/**
 * The variables in the folder's `.env`; empty where there is no such file.
 * @throws MultiagentError `settings.unreadable`
 */
export function readDotenv(directory: string): Record<string, string> {
  const path = join(directory, '.env');
  if (!existsSync(path)) return {};
  const text = readSettingsText(path, directory).replace(/^\uFEFF/, '');
  return parse(text.replaceAll(blankRun, (run) => `${run.slice(0, 99)}\n`));
}
