import { showFile } from './folders.ts';
import { redactSettings } from './redact-settings.ts';
import type { Settings } from './settings-schema.ts';
import { valueAt } from '../utils/parse-json.ts';

/**
 * Where a setting's value comes from: the defaults, the command line or program (`override`), a file (absolute path, line counted from 1), a variable of the real
 * environment, or a variable in the `.env` file.
 */
export type SettingSource = 'default' | 'override' | { file: string; line: number } | { environment: string } | { dotenv: string };

/** Where a value comes from, as text for a person: `default`, `config.yaml:12`, `variable LLM_TIMEOUT`, `.env, LLM_TIMEOUT`, `command line`. */
export function showSource(source: SettingSource, directory: string): string {
  if (source === 'default') return 'default';
  if (source === 'override') return 'command line';
  if ('file' in source) return `${showFile(source.file, directory)}:${source.line}`;
  return 'environment' in source ? `variable ${source.environment}` : `.env, ${source.dotenv}`;
}

/** A setting with its effective value, safe to show. */
export interface EffectiveSetting {
  /** Dotted: `llm_timeout`, `agents.developer.config.languages`. */
  name: string;
  /** Secrets masked; undefined where a setting without a default is not given. */
  value: unknown;
  source: SettingSource;
}

/** All settings, first those of the schema in its order, then by role. */
export function effectiveSettings({
  settings,
  sources,
}: {
  settings: Settings;
  sources: Readonly<Record<string, SettingSource>>;
}): EffectiveSetting[] {
  const shown = redactSettings(settings);
  return Object.entries(sources).map(([name, source]) => ({ name, value: valueAt(shown, name.split('.')), source }));
}
