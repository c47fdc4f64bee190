import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { readSettingsText } from './settings-layers.ts';

/**
 * The variables of the folder's `.env`; none where there is no such file.
 * @throws MultiagentError `settings.unreadable`
 */
export function readDotenv(directory: string): Record<string, string> {
  const path = join(directory, '.env');
  return existsSync(path) ? parse(readSettingsText(path, directory)) : {};
}
