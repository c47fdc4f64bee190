import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { makePipe } from '../support/make-pipe.ts';
import { failure, load, problem } from './load-support.ts';
import { temporaryProject } from './temporary-project.ts';

describe('the settings file', () => {
  it.each(['config.yaml', 'config.yml', 'config.json'])('is found as %s', (name) => {
    const { settings, configFile, directory } = load({ [name]: '{\n\t"llm_timeout": 7\n}\n' });
    expect(settings.llm_timeout).toBe(7);
    expect(configFile).toBe(join(directory, name));
  });

  it('is the first of the usual names, and the others are mentioned', () => {
    const { settings, warnings } = load({ 'config.yaml': 'llm_timeout: 1', 'config.json': '{"llm_timeout": 2}' });
    expect(settings.llm_timeout).toBe(1);
    expect(warnings).toEqual(['config.json is ignored, because config.yaml is in the same folder.']);
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

  it.runIf(process.platform !== 'win32').each(['config.yaml', '.env'])(
    '%s is an ordinary file of bounded size, or it is not read',
    (name) => {
      const unfit: Record<string, (path: string) => void> = {
        'not a regular file': (path) => symlinkSync('/dev/zero', path),
        'not a regular': (path) => makePipe(path),
        'larger than 64 kB': (path) => writeFileSync(path, '\n'.repeat(64_001)),
        'a folder': (path) => mkdirSync(path),
      };
      for (const [reason, make] of Object.entries(unfit)) {
        const directory = temporaryProject();
        make(join(directory, name));
        const error = failure(() => loadSettings({ environment: {}, directory }));
        expect(error).toMatchObject({ code: 'settings.unreadable', message: expect.stringContaining(reason) as string });
      }
    },
  );

  it('.env of empty lines only is read as quickly as any other', () => {
    expect(load({ '.env': `${'\n'.repeat(60_000)}LLM_TIMEOUT: 3\n` }).settings.llm_timeout).toBe(3);
  });

  it('with more problems than a person reads tells how many more there are', () => {
    const lines = problem({ 'config.yaml': Array.from({ length: 50 }, (_, index) => `zz${index}: 1`).join('\n') }).split('\n');
    expect(lines[0]).toBe('The settings have 50 problems:');
    expect(lines.at(-1)).toBe('- and 20 more');
  });

  it('may keep the options of a role in its config or directly under it', () => {
    const { settings, sources } = load({
      'config.yaml':
        'agents:\n  developer:\n    languages: [Go]\n    model: big\n  qa_engineer:\n    config:\n      coverage_threshold: 90\n',
    });
    expect(settings.agents['developer']).toEqual({ enabled: true, model: 'big', config: { languages: ['Go'], frameworks: [] } });
    expect(settings.agents['qa_engineer']?.config.coverage_threshold).toBe(90);
    expect(sources['agents.developer.config.languages']).toMatchObject({ line: 3 });
  });

  it('holds model profiles under the names that a request has', () => {
    const { settings } = load({ 'config.yaml': 'model_profiles:\n  - { match: "^mine", instructions: brief, top_p: 0.9, seed: 1 }\n' });
    expect(settings.model_profiles).toEqual([{ match: '^mine', instructions: 'brief', top_p: 0.9, seed: 1 }]);
  });

  it('holds sampling by role and task type under the same names', () => {
    const { settings } = load({
      'config.yaml':
        'agents:\n  developer:\n    sampling: { temperature: 0.1, stop: [END] }\ntask_sampling:\n  testing: { max_tokens: 900, chat_template_kwargs: { enable_thinking: false } }\n',
    });
    expect(settings.agents['developer']?.sampling).toEqual({ temperature: 0.1, stop: ['END'] });
    expect(settings.task_sampling).toEqual({ testing: { max_tokens: 900, chat_template_kwargs: { enable_thinking: false } } });
  });

  it.each([
    [
      'a wrong value in the sampling of a task type',
      'task_sampling:\n  testing:\n    top_p: 3\n',
      'config.yaml:3: task_sampling.testing.top_p is 3; expected a number from 0 to 1',
    ],
    [
      'an unknown name in the sampling of a role',
      'agents:\n  developer:\n    sampling:\n      temprature: 1\n',
      'config.yaml:4: agents.developer.sampling.temprature is not a setting; did you mean agents.developer.sampling.temperature?',
    ],
    [
      'a list in the options of a chat template',
      'model_profiles:\n  - match: a\n    chat_template_kwargs: { x: [1] }\n',
      'config.yaml:3: model_profiles[0].chat_template_kwargs.x is a list; expected a text, a number, true or false',
    ],
    [
      'a wrong type',
      'log_level: info\nllm_timeout: abc\n',
      'config.yaml:2: llm_timeout is "abc"; expected a number of seconds above 0, at most 2147483',
    ],
    ['a text for a truth value', 'enable_message_bus: yes\n', 'config.yaml:1: enable_message_bus is "yes"; expected true or false'],
    ['a number for a text', 'llm_model: 7\n', 'config.yaml:1: llm_model is 7; expected one line of text'],
    ['a list for a number', 'llm_max_retries: [1]\n', 'config.yaml:1: llm_max_retries is a list; expected a whole number, at least 0'],
    [
      'a number that is too small, where a word may stand, too',
      'max_concurrent_agents: 0\n',
      'config.yaml:1: max_concurrent_agents is 0; expected a whole number, at least 1, or auto',
    ],
    ['a fraction', 'llm_max_tokens: 1.5\n', 'config.yaml:1: llm_max_tokens is 1.5; expected a whole number, at least 1'],
    ['no number at all', 'llm_temperature: .nan\n', 'config.yaml:1: llm_temperature is NaN; expected a number from 0 to 2'],
    ['a word that is not offered', 'engine: gpu\n', 'config.yaml:1: engine is "gpu"; expected one of auto, server, embedded'],
    [
      'an address of another kind',
      'llm_base_url: ftp://localhost:8080\n',
      'config.yaml:1: llm_base_url is "ftp://localhost:8080"; expected an address that begins with http:// or https://',
    ],
    [
      'a list without an address',
      'llm_base_url: []\n',
      'config.yaml:1: llm_base_url is a list; expected an address that begins with http:// or https://, or a list of such addresses',
    ],
    [
      'an entry of a list that is only a word',
      'llm_base_url:\n  - http://127.0.0.1:1\n  - embedded\n',
      'config.yaml:3: llm_base_url[1] is "embedded"; expected an address that begins with http:// or https://',
    ],
    [
      'an entry of a list that is no address',
      'llm_base_url: [7]\n',
      'config.yaml:1: llm_base_url[0] is 7; expected an address, or an address with a weight (address: http://127.0.0.1:8080, weight: 2)',
    ],
    [
      'a weight that is misspelt',
      'llm_base_url:\n  - address: http://127.0.0.1:1\n    wieght: 2\n',
      'config.yaml:3: llm_base_url[0].wieght is not a setting; did you mean llm_base_url[0].weight?',
    ],
    [
      'a weight of nothing',
      'llm_base_url:\n  - address: http://127.0.0.1:1\n    weight: 0\n',
      'config.yaml:3: llm_base_url[0].weight is 0; expected a number from 0.01 to 1000',
    ],
    [
      'a weight too large after an address',
      'llm_base_url: http://127.0.0.1:1=5000\n',
      'config.yaml:1: llm_base_url is "http://127.0.0.1:1=5000"; expected a weight from 0.01 to 1000 after the address',
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
    ['a name that stands twice', 'llm_timeout: 3\nllm_timeout: 4\n', 'config.yaml:2:1: This name is given twice in the same place'],
    [
      'a second document',
      'llm_timeout: 3\n---\nllm_timeout: 4\n',
      'config.yaml:2:1: A settings file holds one document, but a second one begins here',
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
    expect(message).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e]/u);
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
