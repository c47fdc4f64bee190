import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { configPathVariable, usualPlaces, usualSettingsFiles } from '../../src/config/usual-places.ts';
import { temporaryProject } from './temporary-project.ts';

describe('the places of a project where nothing sets one', () => {
  it.each([undefined, 'inner', '/elsewhere'])('are those of the settings (--workspace %s)', (workspace) => {
    const given = { environment: {}, directory: temporaryProject({}), ownFolder: temporaryProject({}) };
    const overrides = { workspace: workspace && resolve(given.directory, workspace) };
    const { workspace: folder, output_directory } = loadSettings({ ...given, overrides }).settings;
    expect(usualPlaces({ ...given, workspace })).toEqual({ workspace: folder, output_directory });
  });

  it.each(['.env', ...usualSettingsFiles])('are left to the settings where there is a %s', (name) => {
    const directory = temporaryProject({ [name]: '' });
    expect(usualPlaces({ directory, environment: {}, ownFolder: temporaryProject({}) })).toBeUndefined();
  });

  it.each(usualSettingsFiles)('are left to the settings where the person has a %s', (name) => {
    const ownFolder = temporaryProject({ [name]: '' });
    expect(usualPlaces({ directory: temporaryProject({}), environment: {}, ownFolder })).toBeUndefined();
  });

  it.each([configPathVariable, ...variablesOf('workspace', 'output_directory')])('are left to the settings where %s is set', (name) => {
    const given = { directory: temporaryProject({}), ownFolder: temporaryProject({}) };
    expect(usualPlaces({ ...given, environment: { [name]: '' } })).toBeUndefined();
  });
});

function variablesOf(...keys: (keyof typeof settingsSchema.shape)[]): string[] {
  return keys.flatMap((key) => (settingsSchema.shape[key].meta()?.['environment'] as string | undefined) ?? []);
}
