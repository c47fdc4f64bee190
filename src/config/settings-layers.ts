import { showFile } from './folders.ts';
import { olderNames } from './older-names.ts';
import { readValues, type ReadResult, type ReadValue } from './read-values.ts';
import { readSettingsText } from './read-settings-text.ts';
import { readVariables } from './read-variables.ts';
import type { RoleDeclaration } from './role-settings.ts';
import type { SettingSource } from './setting-source.ts';
import { parseSettingsDocument } from './settings-document.ts';

/** A valid value with its origin. */
export interface GivenValue {
  value: unknown;
  source: SettingSource;
}

/** What one source gives, by the settings' keys, and all problems with it, each with its place. */
export interface SettingsLayer {
  /** `project`: the source may have come with the folder. */
  decidedBy: 'person' | 'project';
  values: Map<string, GivenValue>;
  problems: string[];
}

function layer(
  decidedBy: SettingsLayer['decidedBy'],
  result: ReadResult,
  sourceOf: (read: ReadValue) => SettingSource,
  placeOf: (written: ReadValue['written']) => string,
): SettingsLayer {
  return {
    decidedBy,
    values: new Map(result.values.map((read) => [read.field.key, { value: read.value, source: sourceOf(read) }])),
    problems: result.problems.map(({ written, text }) => `${placeOf(written)}: ${text}`),
  };
}

/** A source that has been read. The roles are known only when the workspace is. */
export type LayerSource = (roles?: readonly RoleDeclaration[]) => SettingsLayer;

export function fileLayer(path: string, directory: string, decidedBy: SettingsLayer['decidedBy']): LayerSource {
  const document = parseSettingsDocument(readSettingsText(path, directory));
  const name = showFile(path, directory);
  if (document.problems.length > 0) {
    const problems = document.problems.map(({ line, column, text }) => `${name}:${line}:${column}: ${text}`);
    return () => ({ decidedBy, values: new Map(), problems });
  }
  return (roles) =>
    layer(
      decidedBy,
      readValues(document.value, roles),
      ({ written }) => ({ file: path, line: document.lineOf(written) }),
      (written) => `${name}:${document.lineOf(written)}`,
    );
}

export function dotenvLayer(variables: Readonly<Record<string, string | undefined>>): LayerSource {
  const read = layer(
    'project',
    readVariables(variables),
    ({ written }) => ({ dotenv: String(written[0]) }),
    (written) => `.env, ${written[0]}`,
  );
  return () => read;
}

export function environmentLayer(variables: Readonly<Record<string, string | undefined>>): LayerSource {
  const read = layer(
    'person',
    readVariables(variables),
    ({ written }) => ({ environment: String(written[0]) }),
    (written) => `environment variable ${written[0]}`,
  );
  return () => read;
}

/** What the real environment says by the names of an earlier system. @param provider The value of `llm_provider` by any source. */
export function olderNamesLayer(environment: Readonly<Record<string, string | undefined>>, provider: unknown): SettingsLayer {
  const { settings, variables } = olderNames(environment, provider);
  const variableOf = ({ written }: Pick<ReadValue, 'written'>) => variables[String(written.at(-1))] ?? 'LLM_PROVIDER';
  return layer(
    'person',
    readValues(settings),
    (read) => ({ environment: variableOf(read) }),
    (written) => `environment variable ${variableOf({ written })}`,
  );
}

export function overridesLayer(overrides: unknown): LayerSource {
  return (roles) =>
    layer(
      'person',
      readValues(overrides, roles),
      () => 'override',
      () => 'command line or program',
    );
}
