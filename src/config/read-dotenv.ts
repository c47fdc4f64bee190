import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readSettingsText } from './read-settings-text.ts';

/** `NAME: value`, which many programs take for `NAME=value`. */
const nameWithColon = /^([ \t]*(?:export[ \t]+)?[\w.-]+):[ \t]+/gm;

/**
 * The variables of the folder's `.env`; none where there is no such file.
 * @throws MultiagentError `settings.unreadable`
 */
export function readDotenv(directory: string): Record<string, string> {
  const path = join(directory, '.env');
  if (!existsSync(path)) return {};
  const text = readSettingsText(path, directory).replace(/^\uFEFF/, '');
  return parseEnv(text.replaceAll(nameWithColon, '$1=')) as Record<string, string>;
}
