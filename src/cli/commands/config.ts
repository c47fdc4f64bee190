import process from 'node:process';
import { type EffectiveSetting, effectiveSettings, showSource } from '../../config/setting-source.ts';
import { findSettingsFile } from '../../config/find-settings-file.ts';
import { readDotenv } from '../../config/read-dotenv.ts';
import { settingsJsonSchema } from '../../config/settings-json-schema.ts';
import { configPathVariable, usualSettingsFiles } from '../../config/usual-places.ts';
import { printableLine } from '../../utils/printable.ts';
import type { RunOptions } from '../run-options.ts';
import { safeJson } from '../safe-json.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { workspaceHere } from '../places-here.ts';
import { rolesHere } from '../roles-here.ts';
import { writeFolded } from '../write-folded.ts';

/** Longer values stick out of their column instead of pushing all others far to the right. */
const widestColumn = 44;

/** `multiagent config show` */
export function showConfig(options: RunOptions): void {
  const directory = process.cwd();
  const loaded = loadRunSettings(options, directory);
  const { configFile, ownFile, warnings } = loaded;
  const settings = effectiveSettings(loaded);
  if (options.json) {
    const withNull = settings.map(({ name, value = null, source }) => ({ name, value, source }));
    process.stdout.write(`${safeJson({ config_file: configFile ?? null, own_file: ownFile ?? null, settings: withNull, warnings })}\n`);
    return;
  }
  const file = configFile === undefined ? noFile(directory) : `Settings file: ${configFile}`;
  const own = ownFile === undefined ? '' : `${printableLine(`Your own settings: ${ownFile}`)}\n`;
  writeFolded(`${printableLine(file)}\n${own}\n${table(settings, directory)}`);
  warn(warnings);
}

/** `multiagent config path`: standard output holds only the path, so that scripts can use it. It stays empty if there is no file. */
export function showConfigPath({ config }: { config?: string | undefined }): void {
  const directory = process.cwd();
  const file = findSettingsFile({ path: config, environment: process.env, dotenv: readDotenv(directory), directory });
  if (file === undefined) {
    writeFolded(
      `${printableLine(noFile(directory))}\n  "multiagent init" writes a config.yaml; ${configPathVariable} or --config can name a file elsewhere.\n`,
      process.stderr,
    );
    return;
  }
  process.stdout.write(`${process.stdout.isTTY ? printableLine(file.path) : file.path}\n`);
  warn(file.warnings);
}

/** `multiagent config schema` */
export async function showConfigSchema(): Promise<void> {
  process.stdout.write(`${safeJson(settingsJsonSchema(rolesHere(await workspaceHere(process.cwd())).declarations))}\n`);
}

function noFile(directory: string): string {
  return `Settings file: none. Looked for ${usualSettingsFiles.join(', ')} in ${directory}.`;
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) writeFolded(`Warning: ${printableLine(warning)}\n`, process.stderr);
}

function table(settings: readonly EffectiveSetting[], directory: string): string {
  const rows = settings.map(({ name, value, source }) => [name, showValue(value), showSource(source, directory)] as const);
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const valueWidth = Math.min(widestColumn, Math.max(...rows.map(([, value]) => value.length)));
  return rows.map(([name, value, source]) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${source}\n`).join('');
}

function showValue(value: unknown): string {
  if (value === undefined) return '(not set)';
  return printableLine(typeof value === 'string' ? value : JSON.stringify(value));
}
