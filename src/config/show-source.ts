import { showFile } from './folders.ts';
import type { SettingSource } from './setting-source.ts';

/** Where a value comes from, for a person: `default`, `config.yaml:12`, `variable LLM_TIMEOUT`, `.env, LLM_TIMEOUT`, `command line`. */
export function showSource(source: SettingSource, directory: string): string {
  if (source === 'default') return 'default';
  if (source === 'override') return 'command line';
  if ('file' in source) return `${showFile(source.file, directory)}:${source.line}`;
  return 'environment' in source ? `variable ${source.environment}` : `.env, ${source.dotenv}`;
}
