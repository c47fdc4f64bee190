import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSettings, type LoadSettingsOptions } from '../../src/config/load-settings.ts';
import { settingFields } from '../../src/config/setting-fields.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { temporaryProject } from './temporary-project.ts';

type Options = Omit<LoadSettingsOptions, 'environment' | 'directory'> & { environment?: Record<string, string | undefined> };

function load(files: Record<string, string>, { environment = {}, ...options }: Options = {}) {
  const directory = temporaryProject(files);
  return { directory, ...loadSettings({ ...options, environment, directory }) };
}

function failure(attempt: () => unknown): MultiagentError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof MultiagentError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const problem = (files: Record<string, string>, options?: Options) => failure(() => load(files, options)).message;

describe('defaults', () => {
  it('are the settings where there is no file and no variable', () => {
    const { settings, sources, configFile, warnings, directory } = load({});
    expect(settings).toEqual({
      workspace: directory,
      output_directory: join(directory, 'output'),
      log_level: 'info',
      log_file: join(directory, 'logs/agent_system.log'),
      llm_api_key: 'not-needed',
      llm_timeout: 300,
      llm_max_retries: 3,
      max_concurrent_agents: 5,
      task_retry_attempts: 3,
      enable_message_bus: true,
      enable_task_persistence: true,
      allow_remote: false,
      prompt_layout: 'shared',
      engine: 'auto',
      model_profiles: [],
      agents: {
        business_analyst: { enabled: true, config: {} },
        developer: { enabled: true, config: { languages: [], frameworks: [] } },
        qa_engineer: { enabled: true, config: { test_frameworks: [], coverage_threshold: 80 } },
        devops_engineer: { enabled: true, config: { platforms: [], ci_cd_tools: [] } },
        technical_writer: { enabled: true, config: { formats: [] } },
      },
    });
    expect(Object.keys(sources)).toEqual(settingFields.map(({ key }) => key));
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
    expect(configFile).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it.each(['', '\n', '# only a comment\n', '{}', 'agents:\n', 'llm_model:\nagents:\n  developer:\n'])(
    'are not changed by the file %j',
    (text) => {
      expect(Object.values(load({ 'config.yaml': text }).sources).every((source) => source === 'default')).toBe(true);
    },
  );
});

describe('precedence', () => {
  const sources = [
    { name: 'file', value: 11 },
    { name: 'dotenv', value: 12 },
    { name: 'environment', value: 13 },
    { name: 'override', value: 14 },
  ];

  it('is defaults, file, .env, environment, overrides, for any combination of them', () => {
    fc.assert(
      fc.property(fc.subarray(sources), (given) => {
        const value = (name: string) => given.find((source) => source.name === name)?.value;
        const text = (name: string) => value(name)?.toString();
        const directory = temporaryProject({
          'config.yaml': value('file') ? `llm_timeout: ${value('file')}` : '',
          '.env': text('dotenv') ? `LLM_TIMEOUT=${text('dotenv')}` : '',
        });
        const { settings, sources: found } = loadSettings({
          directory,
          environment: { LLM_TIMEOUT: text('environment') },
          overrides: { llm_timeout: value('override') },
        });
        expect(settings.llm_timeout).toBe(given.at(-1)?.value ?? 300);
        const expected: Record<string, unknown> = {
          file: { file: join(directory, 'config.yaml'), line: 1 },
          dotenv: { dotenv: 'LLM_TIMEOUT' },
          environment: { environment: 'LLM_TIMEOUT' },
          override: 'override',
        };
        expect(found['llm_timeout']).toEqual(expected[given.at(-1)?.name ?? ''] ?? 'default');
      }),
    );
  });

  it('holds for each setting inside a role alone', () => {
    const { settings, sources } = load(
      { 'config.yaml': 'agents:\n  developer:\n    config:\n      languages: [Go]\n      frameworks: [Gin]\n' },
      { overrides: { agents: { developer: { config: { languages: ['Rust'] } } } } },
    );
    expect(settings.agents.developer.config).toEqual({ languages: ['Rust'], frameworks: ['Gin'] });
    expect(sources['agents.developer.config.languages']).toBe('override');
    expect(sources['agents.developer.config.frameworks']).toMatchObject({ line: 5 });
    expect(sources['agents.developer.enabled']).toBe('default');
  });
});

describe('variables', () => {
  it.each([
    ['WORKSPACE', '/srv/project', { workspace: '/srv/project' }],
    ['LOG_LEVEL', 'WARNING', { log_level: 'warn' }],
    ['LOG_LEVEL', 'Debug', { log_level: 'debug' }],
    ['LOG_FILE', '/var/log/agents.log', { log_file: '/var/log/agents.log' }],
    ['OPENAI_API_BASE', 'http://127.0.0.1:8080/v1', { llm_base_url: 'http://127.0.0.1:8080/v1' }],
    ['OPENAI_API_MODEL', 'devstral', { llm_model: 'devstral' }],
    ['OPENAI_API_MODEL', '123', { llm_model: '123' }],
    ['OPENAI_API_MODEL', 'true', { llm_model: 'true' }],
    ['OPENAI_TEMPERATURE', '0', { llm_temperature: 0 }],
    ['OPENAI_TEMPERATURE', '.25', { llm_temperature: 0.25 }],
    ['OPENAI_MAX_TOKENS', ' 2048 ', { llm_max_tokens: 2048 }],
    ['LLM_TIMEOUT', '1', { llm_timeout: 1 }],
    ['LLM_MAX_RETRIES', '0', { llm_max_retries: 0 }],
    ['MAX_CONCURRENT_AGENTS', '2', { max_concurrent_agents: 2 }],
    ['MAX_CONCURRENT_AGENTS', 'auto', { max_concurrent_agents: 'auto' }],
    ['TASK_TIMEOUT', '600', { task_timeout: 600 }],
    ['TASK_RETRY_ATTEMPTS', '1', { task_retry_attempts: 1 }],
    ['MULTIAGENT_ALLOW_REMOTE', '1', { allow_remote: true }],
    ['MULTIAGENT_ALLOW_REMOTE', 'Yes', { allow_remote: true }],
    ['MULTIAGENT_ALLOW_REMOTE', 'false', { allow_remote: false }],
    ['LLM_TIMEOUT', '', { llm_timeout: 300 }],
    ['LOG_LEVEL', ' ', { log_level: 'info' }],
  ])('%s=%s is understood', (name, text, expected) => {
    expect(load({}, { environment: { [name]: text } }).settings).toMatchObject(expected);
  });

  it('are never written to: the environment stays as it was', () => {
    const environment = Object.freeze({ LLM_TIMEOUT: '5' });
    expect(load({ '.env': 'LOG_LEVEL=debug' }, { environment }).settings).toMatchObject({ llm_timeout: 5, log_level: 'debug' });
    expect(process.env['LOG_LEVEL']).not.toBe('debug');
  });

  it('that are wrong are named with the setting, the value and what is expected', () => {
    expect(problem({}, { environment: { LLM_TIMEOUT: 'soon' } })).toBe(
      'environment variable LLM_TIMEOUT: llm_timeout is "soon"; expected a number of seconds above 0, at most 2147483',
    );
    expect(problem({ '.env': 'MAX_CONCURRENT_AGENTS=0' })).toBe(
      '.env, MAX_CONCURRENT_AGENTS: max_concurrent_agents is "0"; expected a whole number, at least 1, or auto',
    );
  });
});

describe('the settings file', () => {
  it.each(['config.yaml', 'config.yml', 'config.json'])('is found as %s', (name) => {
    const { settings, configFile, directory } = load({ [name]: '{\n\t"llm_timeout": 7\n}\n' });
    expect(settings.llm_timeout).toBe(7);
    expect(configFile).toBe(join(directory, name));
  });

  it('is the first of the usual names, and the others are mentioned', () => {
    const { settings, warnings } = load({ 'config.yaml': 'llm_timeout: 1', 'config.json': '{"llm_timeout": 2}' });
    expect(settings.llm_timeout).toBe(1);
    expect(warnings).toEqual(['config.json is not read, because config.yaml stands beside it.']);
  });

  it('is named by the caller, else by AGENT_CONFIG_PATH, else by AGENT_CONFIG_PATH in .env', () => {
    const files = {
      '.env': 'AGENT_CONFIG_PATH=c.yaml',
      'a.yaml': 'llm_timeout: 1',
      'b.yaml': 'llm_timeout: 2',
      'c.yaml': 'llm_timeout: 3',
      'config.yaml': 'llm_timeout: 4',
    };
    const environment = { AGENT_CONFIG_PATH: 'b.yaml' };
    expect(load(files, { path: 'a.yaml', environment }).settings.llm_timeout).toBe(1);
    expect(load(files, { environment }).settings.llm_timeout).toBe(2);
    expect(load(files).settings.llm_timeout).toBe(3);
    expect(load({ ...files, '.env': 'AGENT_CONFIG_PATH=' }).settings.llm_timeout).toBe(4);
  });

  it.each([{ path: 'missing.yaml' }, { environment: { AGENT_CONFIG_PATH: 'missing.yaml' } }])('that is named must exist: %j', (options) => {
    expect(failure(() => load({ 'config.yaml': '' }, options))).toMatchObject({ code: 'settings.not_found' });
  });

  it('that cannot be read is told so, with the cause', () => {
    const directory = temporaryProject();
    mkdirSync(join(directory, 'config.yaml'));
    const error = failure(() => loadSettings({ environment: {}, directory }));
    expect(error.code).toBe('settings.unreadable');
    expect(error.message).toContain('config.yaml cannot be read');
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('may keep the options of a role in its config or directly under it', () => {
    const { settings, sources } = load({
      'config.yaml':
        'agents:\n  developer:\n    languages: [Go]\n    model: big\n  qa_engineer:\n    config:\n      coverage_threshold: 90\n',
    });
    expect(settings.agents.developer).toEqual({ enabled: true, model: 'big', config: { languages: ['Go'], frameworks: [] } });
    expect(settings.agents.qa_engineer.config.coverage_threshold).toBe(90);
    expect(sources['agents.developer.config.languages']).toMatchObject({ line: 3 });
  });

  it('holds model profiles under the names that a request has', () => {
    const { settings } = load({ 'config.yaml': 'model_profiles:\n  - { match: "^mine", instructions: brief, top_p: 0.9, seed: 1 }\n' });
    expect(settings.model_profiles).toEqual([{ match: '^mine', instructions: 'brief', top_p: 0.9, seed: 1 }]);
  });

  it.each([
    [
      'a wrong type',
      'log_level: info\nllm_timeout: abc\n',
      'config.yaml:2: llm_timeout is "abc"; expected a number of seconds above 0, at most 2147483',
    ],
    ['a text for a truth value', 'enable_message_bus: yes\n', 'config.yaml:1: enable_message_bus is "yes"; expected true or false'],
    ['a number for a text', 'llm_model: 7\n', 'config.yaml:1: llm_model is 7; expected a text in one line'],
    ['a list for a number', 'llm_max_retries: [1]\n', 'config.yaml:1: llm_max_retries is a list; expected a whole number, at least 0'],
    ['a fraction', 'llm_max_tokens: 1.5\n', 'config.yaml:1: llm_max_tokens is 1.5; expected a whole number, at least 1'],
    ['no number at all', 'llm_temperature: .nan\n', 'config.yaml:1: llm_temperature is NaN; expected a number from 0 to 2'],
    ['a word that is not offered', 'engine: gpu\n', 'config.yaml:1: engine is "gpu"; expected one of auto, server, embedded'],
    [
      'an address without http',
      'llm_base_url: localhost:8080\n',
      'config.yaml:1: llm_base_url is "localhost:8080"; expected an address that begins with http:// or https://',
    ],
    ['a text for a group', 'agents: all\n', 'config.yaml:1: agents is "all"; expected settings with names (name: value)'],
    ['a list for the whole file', '- 1\n', 'config.yaml:1: the file is a list; expected settings with names (name: value)'],
    ['an unknown name', '\n\nllm_timout: 3\n', 'config.yaml:3: llm_timout is not a setting; did you mean llm_timeout?'],
    ['a name like nothing', 'zzzzzzzz: 3\n', 'config.yaml:1: zzzzzzzz is not a setting'],
    ['the name of the object prototype', 'constructor: 3\n', 'config.yaml:1: constructor is not a setting'],
    ['a name for the object prototype', '__proto__: { allow_remote: true }\n', 'config.yaml:1: __proto__ is not a setting'],
    [
      'an unknown role',
      'agents:\n  devloper:\n    enabled: false\n',
      'config.yaml:2: agents.devloper is not a setting; did you mean agents.developer?',
    ],
    [
      'an unknown option of a role',
      'agents:\n  developer:\n    language: [Go]\n',
      'config.yaml:3: agents.developer.language is not a setting; did you mean agents.developer.languages?',
    ],
    [
      'an option of another role',
      'agents:\n  business_analyst:\n    platforms: [x]\n',
      'config.yaml:3: agents.business_analyst.platforms is not a setting',
    ],
    [
      'an option given in both forms',
      'agents:\n  developer:\n    languages: [Go]\n    config:\n      languages: [C]\n',
      'config.yaml:5: agents.developer.config.languages is given twice; agents.developer.languages is the same setting',
    ],
    [
      'a wrong place in a list',
      'agents:\n  developer:\n    languages:\n      - Go\n      - 7\n',
      'config.yaml:5: agents.developer.languages[1] is 7; expected a list of texts',
    ],
    [
      'an unknown name in a profile',
      'model_profiles:\n  - match: a\n    temprature: 1\n',
      'config.yaml:3: model_profiles[0].temprature is not a setting; did you mean model_profiles[0].temperature?',
    ],
    [
      'a profile without its model',
      'model_profiles:\n  - top_p: 1\n',
      'config.yaml:2: model_profiles[0].match is missing; expected a regular expression',
    ],
    [
      'a broken regular expression',
      'model_profiles:\n  - match: "("\n',
      'config.yaml:2: model_profiles[0].match is "("; expected a regular expression',
    ],
    [
      'broken YAML',
      'llm_timeout: 3\nagents: [1\nb: 2\n',
      'config.yaml:3:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a name that stands twice', 'llm_timeout: 3\nllm_timeout: 4\n', 'config.yaml:2:1: This name stands twice in the same place'],
    [
      'a second document',
      'llm_timeout: 3\n---\nllm_timeout: 4\n',
      'config.yaml:2:1: A settings file holds one document; a second one begins here',
    ],
    ['a tag of another language', 'llm_model: !!python/object x\n', 'config.yaml:1:12: Unresolved tag: tag:yaml.org,2002:python/object'],
    [
      'an alias without its anchor',
      'llm_model: *nobody\n',
      'config.yaml:1:1: Unresolved alias (the anchor must be set before the alias): nobody',
    ],
  ])('with %s is refused with the place', (_, text, message) => {
    const error = failure(() => load({ 'config.yaml': text }));
    expect(error.message).toBe(message);
    expect(error.code).toBe('settings.invalid');
    expect(error.hint).toContain('AGENT_CONFIG_PATH');
  });

  it('tells all its problems, and those of other sources, in one error', () => {
    const message = problem(
      { 'config.yaml': 'llm_timeout: -1\nnothing_like_it: 1\nagents:\n  developer:\n    enabled: 3\n' },
      { environment: { LLM_MAX_RETRIES: 'x' }, overrides: { max_concurrent_agents: 0.5 } },
    );
    expect(message.split('\n')).toEqual([
      'The settings have 5 problems:',
      expect.stringContaining('config.yaml:1: llm_timeout is -1'),
      expect.stringContaining('config.yaml:2: nothing_like_it'),
      expect.stringContaining('config.yaml:5: agents.developer.enabled is 3'),
      expect.stringContaining('environment variable LLM_MAX_RETRIES'),
      expect.stringContaining('command line or program: max_concurrent_agents is 0.5'),
    ]);
  });

  it('cannot put control characters or endless text into a message', () => {
    const message = problem({ 'config.yaml': `engine: "\\e[2J\\u009b31m\\u202e${'x'.repeat(500)}"\n"a\\e]0;b\\a": 1\n` });
    expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThan(600);
  });

  it('never has a key or the password of an address repeated in a message', () => {
    expect(problem({ 'config.yaml': 'llm_api_key: 424242\nllm_base_url: ftp://me:hunter2@host\n' })).not.toMatch(/424242|hunter2/);
  });

  it('cannot multiply itself beyond reason through aliases', () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => pair.split(''))) {
      lines.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`);
    }
    expect(problem({ 'config.yaml': lines.join('\n') })).toContain('Excessive alias count');
  });
});

describe('paths', () => {
  it('in a file are relative to the file, the rest to the workspace, and all come out absolute', () => {
    const { settings, directory } = load(
      { 'deep/team.yaml': 'workspace: ../project\nmodel_file: tiny.gguf\noutput_directory: out\n' },
      { path: 'deep/team.yaml' },
    );
    expect(settings).toMatchObject({
      workspace: join(directory, 'project'),
      model_file: join(directory, 'deep/tiny.gguf'),
      output_directory: join(directory, 'project/out'),
      log_file: join(directory, 'project/logs/agent_system.log'),
    });
  });

  it('make the folder of the file the workspace where it names none', () => {
    const { settings, directory } = load({ 'deep/team.yaml': 'llm_timeout: 1' }, { path: 'deep/team.yaml' });
    expect(settings.workspace).toBe(join(directory, 'deep'));
  });

  it('from elsewhere are relative to the current folder', () => {
    const files = { 'deep/team.yaml': 'workspace: a\nmodel_file: a.gguf', '.env': 'WORKSPACE=b' };
    const { settings, directory } = load(files, { path: 'deep/team.yaml', overrides: { model_file: 'c.gguf' } });
    expect(settings).toMatchObject({ workspace: join(directory, 'b'), model_file: join(directory, 'c.gguf') });
    expect(load(files, { environment: { WORKSPACE: 'd' } }).settings.workspace).toMatch(/[\\/]d$/);
  });
});

describe('allow_remote', () => {
  const yes = 'allow_remote: true\n';

  it('is honoured from overrides and from a real variable, whatever the project says', () => {
    expect(load({}, { overrides: { allow_remote: true } }).settings.allow_remote).toBe(true);
    expect(load({}, { environment: { MULTIAGENT_ALLOW_REMOTE: 'true' } }).settings.allow_remote).toBe(true);
    expect(load({ 'config.yaml': yes }, { overrides: { allow_remote: true } }).settings.allow_remote).toBe(true);
    expect(load({ 'config.yaml': yes }, { overrides: { allow_remote: false } }).settings.allow_remote).toBe(false);
  });

  it('is honoured from a chosen file outside the workspace and the current folder', () => {
    const root = temporaryProject({ 'home/team.yaml': `${yes}workspace: ../project`, 'project/a.txt': '' });
    const options = { directory: join(root, 'project'), environment: {} };
    expect(loadSettings({ ...options, path: '../home/team.yaml' }).settings.allow_remote).toBe(true);
    expect(loadSettings({ ...options, environment: { AGENT_CONFIG_PATH: '../home/team.yaml' } }).settings.allow_remote).toBe(true);
  });

  it('may be turned off anywhere', () => {
    expect(load({ 'config.yaml': 'allow_remote: false' }).settings.allow_remote).toBe(false);
    expect(load({ '.env': 'MULTIAGENT_ALLOW_REMOTE=false' }).settings.allow_remote).toBe(false);
  });

  it.each<[string, Record<string, string>, Options]>([
    ['config.yaml of the project', { 'config.yaml': yes }, {}],
    ['.env of the project', { '.env': 'MULTIAGENT_ALLOW_REMOTE=true' }, {}],
    ['a named file in the project', { 'team.yaml': yes }, { path: 'team.yaml' }],
    ['a file that calls another folder the workspace', { 'config.yaml': `${yes}workspace: ./src` }, {}],
    ['a named file that calls another folder the workspace', { 'a/team.yaml': `${yes}workspace: ../b` }, { path: 'a/team.yaml' }],
    ['a file in the default workspace, its own folder', { 'a/team.yaml': yes }, { path: 'a/team.yaml' }],
  ])('is refused from %s, with where to put it', (_, files, options) => {
    const error = failure(() => load(files, options));
    expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining('MULTIAGENT_ALLOW_REMOTE=true') as string });
    expect(error.message).toContain('allow_remote');
  });

  it('is refused from a file elsewhere that the .env of the project names', () => {
    const root = temporaryProject({ 'evil.yaml': `${yes}workspace: project`, 'project/.env': 'AGENT_CONFIG_PATH=../evil.yaml' });
    expect(failure(() => loadSettings({ directory: join(root, 'project'), environment: {} })).code).toBe('settings.invalid');
  });

  it('is refused from a file of the project that is reached by a link outside of it', () => {
    const root = temporaryProject({ 'project/team.yaml': yes, 'home/a.txt': '' });
    symlinkSync(join(root, 'project/team.yaml'), join(root, 'home/team.yaml'));
    const options = { directory: join(root, 'project'), environment: { WORKSPACE: '.' } };
    expect(failure(() => loadSettings({ ...options, path: '../home/team.yaml' })).code).toBe('settings.invalid');
  });
});

describe('llm_api_key', () => {
  const environment = { OPENAI_API_KEY: 'sk-real' };

  it.each([
    ['no address', undefined],
    ['a loopback address', 'http://127.0.0.1:8080/v1'],
    ['localhost', 'http://localhost:1'],
    ['IPv6 loopback', 'http://[::1]:1'],
  ])('from the real environment is not sent with %s', (_, address) => {
    const { settings, sources, warnings } = load({}, { environment: { ...environment, OPENAI_API_BASE: address } });
    expect(settings.llm_api_key).toBe('not-needed');
    expect(sources['llm_api_key']).toBe('default');
    expect(warnings).toEqual([expect.stringContaining('OPENAI_API_KEY')]);
    expect(JSON.stringify(warnings)).not.toContain('sk-real');
  });

  it.each(['https://api.example.com/v1', 'http://localhost.example.com', 'http://127.0.0.1@example.com'])(
    'from the real environment goes to %s',
    (address) => {
      const { settings, warnings } = load({}, { environment, overrides: { llm_base_url: address } });
      expect(settings.llm_api_key).toBe('sk-real');
      expect(warnings).toEqual([]);
    },
  );

  it.each<[string, Record<string, string>, Options]>([
    ['.env', { '.env': 'OPENAI_API_KEY=mine' }, {}],
    ['the settings file', { 'config.yaml': 'llm_api_key: mine' }, {}],
    ['the command line', {}, { overrides: { llm_api_key: 'mine' } }],
  ])('from %s is kept for loopback, also beside one in the real environment', (_, files, options) => {
    expect(load(files, options).settings.llm_api_key).toBe('mine');
    expect(load(files, { ...options, environment }).settings.llm_api_key).toBe('mine');
  });
});
