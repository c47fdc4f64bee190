import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fields as settingFields } from '../config/load-support.ts';
import { temporaryProject } from '../config/temporary-project.ts';
import { runCommand } from '../support/run-command.ts';

interface Shown {
  config_file: string | null;
  own_file: string | null;
  settings: { name: string; value: unknown; source: unknown }[];
  warnings: string[];
}

async function showJson(directory: string, args: string[] = [], environment: Record<string, string> = {}) {
  const { code, output, errors } = await runCommand(['config', 'show', '--json', ...args], { directory, environment });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const shown = JSON.parse(output) as Shown;
  return { ...shown, output, setting: (name: string) => shown.settings.find((setting) => setting.name === name) };
}

/** The lines of the table, by the setting's name; columns are at least two spaces apart. */
function rowsOf(output: string): Map<string, string[]> {
  const rows = output.split('\n').map((line) => line.split(/ {2,}/));
  return new Map(rows.map(([name = '', ...columns]) => [name, columns]));
}

describe('multiagent config show', () => {
  it('tells the value and the source of every setting, whichever source decides', async () => {
    const directory = temporaryProject({
      'config.yaml': '# mine\nllm_timeout: 7\nagents:\n  developer:\n    languages: [Go, C]\n',
      '.env': 'OPENAI_API_MODEL=from-dotenv\n',
    });
    const { code, output, errors } = await runCommand(['config', 'show', '--max-parallel', '2'], {
      directory,
      environment: { LLM_MAX_RETRIES: '9' },
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output.split('\n')[0]).toBe(`Settings file: ${join(directory, 'config.yaml')}`);
    const rows = rowsOf(output);
    expect(rows.get('llm_timeout')).toEqual(['7', 'config.yaml:2']);
    expect(rows.get('agents.developer.config.languages')).toEqual(['["Go","C"]', 'config.yaml:5']);
    expect(rows.get('llm_model')).toEqual(['from-dotenv', '.env, OPENAI_API_MODEL']);
    expect(rows.get('llm_max_retries')).toEqual(['9', 'variable LLM_MAX_RETRIES']);
    expect(rows.get('max_concurrent_agents')).toEqual(['2', 'command line']);
    expect(rows.get('prompt_layout')).toEqual(['auto', 'default']);
    expect(rows.get('task_timeout')).toEqual(['(not set)', 'default']);
    expect(settingFields.filter(({ key }) => !rows.has(key))).toEqual([]);
  });

  it('names your own settings beside those of the project, and alone where there are none of it', async () => {
    const own = { '.config/multiagent/config.yaml': 'llm_timeout: 7\n' };
    const directory = temporaryProject({ ...own, 'config.yaml': 'llm_max_retries: 2\n' });
    const environment = { XDG_CONFIG_HOME: join(directory, '.config') };
    const ownFile = join(directory, '.config/multiagent/config.yaml');
    const { output } = await runCommand(['config', 'show'], { directory, environment });
    expect(output.split('\n').slice(0, 3)).toEqual([
      `Settings file: ${join(directory, 'config.yaml')}`,
      `Your own settings: ${ownFile}`,
      '',
    ]);
    const { config_file, own_file, setting } = await showJson(directory, [], environment);
    expect({ config_file, own_file }).toEqual({ config_file: join(directory, 'config.yaml'), own_file: ownFile });
    expect(setting('llm_timeout')?.value).toBe(7);
    expect((await showJson(directory, [], { XDG_CONFIG_HOME: join(directory, 'none') })).own_file).toBeNull();
  });

  it('stands in columns, and a value that is too long does not move the others', async () => {
    const directory = temporaryProject({ 'config.yaml': `llm_model: ${'m'.repeat(300)}\n` });
    const { output } = await runCommand(['config', 'show'], { directory });
    const lines = output
      .split('\n')
      .filter((line) => line.endsWith('  default') && line.split(/ {2,}/).every(({ length }) => length <= 44));
    expect(lines.length).toBeGreaterThan(10);
    expect(new Set(lines.map((line) => line.lastIndexOf('default'))).size).toBe(1);
    expect(new Set(lines.map((line) => line.length)).values().next().value).toBeLessThan(110);
  });

  it('gives programs the same as data', async () => {
    const directory = temporaryProject({ 'team.yaml': 'llm_timeout: 7\n' });
    const { config_file, settings, setting, warnings } = await showJson(directory, ['--config', 'team.yaml'], { LOG_LEVEL: 'DEBUG' });
    const file = join(directory, 'team.yaml');
    expect({ config_file, warnings }).toEqual({ config_file: file, warnings: [] });
    expect(settings.map(({ name }) => name)).toEqual(settingFields.map(({ key }) => key));
    expect(setting('llm_timeout')).toEqual({ name: 'llm_timeout', value: 7, source: { file, line: 1 } });
    expect(setting('log_level')).toEqual({ name: 'log_level', value: 'debug', source: { environment: 'LOG_LEVEL' } });
    expect(setting('llm_model')).toEqual({ name: 'llm_model', value: null, source: 'default' });
  });

  it.each([['config', 'show'], ['config', 'show', '--json'], ['config']])(
    'never shows a key or the password of an address: %j',
    async (...args) => {
      const directory = temporaryProject({ '.env': 'OPENAI_API_KEY=very-secret-1\n' });
      const { code, output, errors } = await runCommand(args, {
        directory,
        environment: { OPENAI_API_BASE: 'http://me:very-secret-2@127.0.0.1:9/v1' },
      });
      expect(code).toBe(0);
      expect(output).toContain('[redacted]');
      expect(output).toContain('127.0.0.1:9/v1');
      expect(output + errors).not.toContain('very-secret');
    },
  );

  it('says that a key of the environment is not sent to this machine, without showing it', async () => {
    const { output, errors } = await runCommand(['config', 'show'], {
      directory: temporaryProject(),
      environment: { OPENAI_API_KEY: 'very-secret' },
    });
    expect(rowsOf(output).get('llm_api_key')).toEqual(['not-needed', 'default']);
    expect(errors).toMatch(/^Warning: OPENAI_API_KEY /);
    expect(output + errors).not.toContain('very-secret');
  });

  it('cannot be used to send commands to the terminal', async () => {
    const hostile = 'a\u{9b}2J\u{202e}b';
    const root = temporaryProject({ [`${hostile}/config.yaml`]: 'llm_model: "x\u{202e}y"\n' });
    const directory = join(root, hostile);
    for (const args of [
      ['config', 'show'],
      ['config', 'show', '--json'],
    ]) {
      const { code, output } = await runCommand(args, { directory });
      expect(code).toBe(0);
      expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }
    const { config_file, setting } = await showJson(directory);
    expect(config_file).toBe(join(directory, 'config.yaml'));
    expect(setting('llm_model')?.value).toBe('x\u{202e}y');
  });

  it('refuses settings that a run would refuse, with the place, and shows nothing', async () => {
    const { code, output, errors } = await runCommand(['config', 'show'], {
      directory: temporaryProject({ 'config.yaml': '\nllm_timout: 3\n' }),
    });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('config.yaml:2: llm_timout is not a setting; did you mean llm_timeout?');
  });
});

describe('multiagent config path', () => {
  it.each<[string, Record<string, string>, string[], Record<string, string>, string]>([
    ['the usual name', { 'config.yml': '' }, [], {}, 'config.yml'],
    ['the command line', { 'config.yaml': '', 'a.yaml': '' }, ['--config', 'a.yaml'], { AGENT_CONFIG_PATH: 'config.yaml' }, 'a.yaml'],
    ['the environment', { 'config.yaml': '', 'b.yaml': '' }, [], { AGENT_CONFIG_PATH: 'b.yaml' }, 'b.yaml'],
    ['.env', { 'config.yaml': '', 'c.yaml': '', '.env': 'AGENT_CONFIG_PATH=c.yaml' }, [], {}, 'c.yaml'],
    ['the usual name, even if it cannot be read as settings', { 'config.yaml': 'a: [' }, [], {}, 'config.yaml'],
  ])('is the file that is named by %s', async (_, files, args, environment, expected) => {
    const directory = temporaryProject(files);
    expect(await runCommand(['config', 'path', ...args], { directory, environment })).toEqual({
      code: 0,
      output: `${join(directory, expected)}\n`,
      errors: '',
    });
  });

  it('is empty for scripts where no file is read, and says where one would be looked for', async () => {
    const directory = temporaryProject();
    const { code, output, errors } = await runCommand(['config', 'path'], { directory });
    expect({ code, output }).toEqual({ code: 0, output: '' });
    for (const part of ['none', 'config.yaml, config.yml, config.json', directory, 'multiagent init', 'AGENT_CONFIG_PATH', '--config'])
      expect(errors).toContain(part);
  });

  it('mentions a file that is not read because another one is in the same folder', async () => {
    const { errors } = await runCommand(['config', 'path'], { directory: temporaryProject({ 'config.yaml': '', 'config.json': '{}' }) });
    expect(errors).toBe('Warning: config.json is ignored, because config.yaml is in the same folder.\n');
  });

  it('is refused for a named file that does not exist', async () => {
    const { code, output, errors } = await runCommand(['config', 'path', '--config', 'missing.yaml'], { directory: temporaryProject() });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toContain('missing.yaml');
  });
});

describe('multiagent config schema', () => {
  it('is a JSON Schema, whatever the settings of the folder are, and a config.json may name it', async () => {
    const directory = temporaryProject({ 'config.yaml': 'nonsense: 1\n' });
    const { code, output, errors } = await runCommand(['config', 'schema'], { directory });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(JSON.parse(output)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: expect.any(String) as string,
    });

    const other = temporaryProject();
    writeFileSync(join(other, 'config.json'), '{ "$schema": "./config.schema.json", "llm_timeout": 7 }');
    expect((await showJson(other)).setting('llm_timeout')?.value).toBe(7);
  });
});
