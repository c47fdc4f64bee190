import { readFileSync } from 'node:fs';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { unreadableReason } from '../utils/unreadable-reason.ts';
import { showFile } from './folders.ts';
import { readValues, type ReadResult, type ReadValue } from './read-values.ts';
import { readVariables } from './read-variables.ts';
import type { SettingSource } from './setting-source.ts';
import { parseSettingsDocument } from './settings-document.ts';

/** A valid value with its origin. */
export interface GivenValue {
  value: unknown;
  source: SettingSource;
}

/** What one source gives, by the settings' keys, and everything that is wrong with it, each problem with its place. */
export interface SettingsLayer {
  values: Map<string, GivenValue>;
  problems: string[];
}

function layer(
  result: ReadResult,
  sourceOf: (read: ReadValue) => SettingSource,
  placeOf: (written: ReadValue['written']) => string,
): SettingsLayer {
  return {
    values: new Map(result.values.map((read) => [read.field.key, { value: read.value, source: sourceOf(read) }])),
    problems: result.problems.map(({ written, text }) => `${placeOf(written)}: ${text}`),
  };
}

/**
 * The text of a file.
 * @throws MultiagentError `settings.unreadable`
 */
export function readSettingsText(path: string, directory: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MultiagentError({
      code: 'settings.unreadable',
      message: `${showFile(path, directory)} cannot be read: ${unreadableReason(cause)}.`,
      hint: 'Make it a file that you may read, or move it away.',
      cause,
    });
  }
}

export function fileLayer(path: string, directory: string): SettingsLayer {
  const document = parseSettingsDocument(readSettingsText(path, directory));
  const name = showFile(path, directory);
  if (document.problems.length > 0) {
    return { values: new Map(), problems: document.problems.map(({ line, column, text }) => `${name}:${line}:${column}: ${text}`) };
  }
  return layer(
    readValues(document.value),
    ({ written }) => ({ file: path, line: document.lineOf(written) }),
    (written) => `${name}:${document.lineOf(written)}`,
  );
}

export function dotenvLayer(variables: Readonly<Record<string, string | undefined>>): SettingsLayer {
  return layer(
    readVariables(variables),
    ({ written }) => ({ dotenv: String(written[0]) }),
    (written) => `.env, ${written[0]}`,
  );
}

export function environmentLayer(variables: Readonly<Record<string, string | undefined>>): SettingsLayer {
  return layer(
    readVariables(variables),
    ({ written }) => ({ environment: String(written[0]) }),
    (written) => `environment variable ${written[0]}`,
  );
}

export function overridesLayer(overrides: unknown): SettingsLayer {
  return layer(
    readValues(overrides),
    () => 'override',
    () => 'command line or program',
  );
}
