import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { loadSettings } from '../../src/config/load-settings.ts';
import { fields as settingFields, rolesOf } from './load-support.ts';
import { configPathVariable } from '../../src/config/usual-places.ts';
import { temporaryProject } from './temporary-project.ts';

const shipped = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');

describe('settings', () => {
  it.each(settingFields.map((field) => [field.key, field] as const))(
    '%s has a description and a snake_case name',
    (key, { description }) => {
      expect(description).toMatch(/\S\.$/);
      expect(key).toMatch(/^[a-z_.]+$/);
    },
  );

  it('have environment variables of their own, one each', () => {
    const names = settingFields.flatMap(({ environment }) => environment ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(10);
  });

  it('know which of them is a secret', () => {
    expect(settingFields.filter(({ secret }) => secret).map(({ key }) => key)).toEqual(['llm_api_key']);
  });
});

/** Of a file of a project it is refused, whatever its value. */
const isPersons = (key: string) => key === 'verify_command' || key === 'llm_provider' || key === 'mcp' || key === 'tool_agents';

describe('the shipped config.yaml', () => {
  it('changes nothing when it is copied as it is', () => {
    const directory = temporaryProject({ 'config.yaml': shipped('config.yaml'), 'empty.yaml': '' });
    const { settings } = loadSettings({ rolesOf, environment: {}, directory });
    expect(settings).toEqual(loadSettings({ rolesOf, environment: {}, directory, path: 'empty.yaml' }).settings);
  });

  it('shows every setting: with its default, or as a comment where it has none', () => {
    const text = shipped('config.yaml');
    const document = parseDocument(text);
    for (const { key, path, default: value } of settingFields) {
      const commented = new RegExp(`^ *# ${path.at(-1)}: `, 'm').test(text);
      expect([key, value === undefined ? commented : document.hasIn(path)]).toEqual([key, true]);
    }
  });

  it('works as well with every comment taken for a setting', () => {
    const commented = settingFields.filter((field) => !('default' in field) && !isPersons(field.key)).map(({ path }) => path.at(-1));
    const text = shipped('config.yaml').replaceAll(new RegExp(`^( *)# (${commented.join('|')}): `, 'gm'), '$1$2: ');
    const directory = temporaryProject({ 'config.yaml': text });
    const { sources } = loadSettings({ rolesOf, environment: {}, directory });
    const without = Object.keys(sources).filter((key) => sources[key] === 'default');
    expect(without.filter((key) => !/\.(model|sampling)$/.test(key) && !isPersons(key))).toEqual([]);
  });
});

describe('the shipped .env.example', () => {
  const text = shipped('.env.example');
  const names = [...text.matchAll(/^#?([A-Z_]+)=/gm)].map((found) => found[1]);

  it('lists every variable of the program and of the start script, and no other', () => {
    const ours = settingFields.flatMap(({ environment }) => environment ?? []);
    const script = ['LLAMA_MODEL', 'LLAMA_GPU_LAYERS', 'LLAMA_CTX_SIZE', 'LLAMA_THREADS', 'LLAMA_PARALLEL', 'LLAMA_HOST', 'LLAMA_PORT'];
    expect(new Set(names)).toEqual(new Set([...ours, configPathVariable, ...script]));
    expect(names).toHaveLength(new Set(names).size);
  });

  it('changes nothing when it is copied as it is', () => {
    const directory = temporaryProject({ '.env': text });
    expect(Object.values(loadSettings({ rolesOf, environment: {}, directory }).sources).every((source) => source === 'default')).toBe(true);
  });

  it('holds only values that the program understands', () => {
    const ofProject = text.replaceAll(/^#(?:MULTIAGENT_VERIFY_COMMAND|LLM_PROVIDER)=.*$/gm, '');
    const directory = temporaryProject({ '.env': ofProject.replaceAll(/^#(?=[A-Z_]+=)/gm, ''), 'config.yaml': '' });
    const { settings } = loadSettings({ rolesOf, environment: {}, directory });
    expect(settings).toMatchObject({ llm_model: 'devstral', llm_temperature: 0.7, allow_remote: false });
  });
});
