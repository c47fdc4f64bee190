import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { fields as settingFields } from './load-support.ts';
import { load, problem } from './load-support.ts';
import { temporaryProject } from './temporary-project.ts';

describe('defaults', () => {
  it('are the settings where there is no file and no variable', () => {
    const { settings, sources, configFile, warnings, directory } = load({});
    expect(settings).toEqual({
      workspace: directory,
      output_directory: join(directory, 'output'),
      log_level: 'info',
      log_file: join(directory, 'logs/agent_system.log'),
      llm_api_key: 'not-needed',
      routing: 'balance',
      llm_timeout: 300,
      llm_max_retries: 3,
      llm_circuit_breaker_threshold: 5,
      llm_circuit_breaker_timeout: 60,
      max_concurrent_agents: 'auto',
      task_retry_attempts: 3,
      enable_message_bus: true,
      file_check: 'report',
      enable_task_persistence: true,
      report: 'auto',
      bell: 'on',
      allow_install: false,
      install_timeout: 300,
      allow_remote: false,
      private: false,
      budget: 'none',
      verify: 'auto',
      verify_timeout: 60,
      sandbox: 'auto',
      project: 'auto',
      prompt_layout: 'auto',
      engine: 'auto',
      model_profiles: [],
      task_sampling: {},
      models: {},
      providers: {},
      fallback: [],
      session_tools: [],
      mcp: { servers: {} },
      task_models: {},
      agents: expect.objectContaining({
        business_analyst: { enabled: true, config: {} },
        developer: { enabled: true, config: { languages: [], frameworks: [] } },
        qa_engineer: { enabled: true, config: { test_frameworks: [], coverage_threshold: 80 } },
        devops_engineer: { enabled: true, config: { platforms: [], ci_cd_tools: [] } },
        technical_writer: { enabled: true, config: { formats: [] } },
      }) as object,
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
    expect(settings.agents['developer']?.config).toEqual({ languages: ['Rust'], frameworks: ['Gin'] });
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
