import type { LoadedSettings } from './load-settings.ts';
import { redactSettings } from './redact-settings.ts';
import type { SettingSource } from './setting-source.ts';
import { valueAt } from '../utils/parse-json.ts';

/** A setting as it counts, fit to be shown. */
export interface EffectiveSetting {
  /** Dotted: `llm_timeout`, `agents.developer.config.languages`. */
  name: string;
  /** Secrets masked; undefined where a setting without a default is not given. */
  value: unknown;
  source: SettingSource;
}

/** Every setting, in the order of its source: the schema's, then by role. */
export function effectiveSettings({ settings, sources }: LoadedSettings): EffectiveSetting[] {
  const shown = redactSettings(settings);
  return Object.entries(sources).map(([name, source]) => ({ name, value: valueAt(shown, name.split('.')), source }));
}
