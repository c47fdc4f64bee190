import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { remoteOf } from '../../src/config/remote-consent.ts';
import { isAddressAllowed } from '../../src/llm/server/require-local-address.ts';
import { failure, load, type Options, problem } from './load-support.ts';
import { temporaryProject } from './temporary-project.ts';

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

  it('names hosts, which add up over the sources of a person, down to a plain yes or no', () => {
    const of = (own: string, variable: string | undefined, overrides: Options['overrides'], project = '') => {
      const root = temporaryProject({ 'own/config.yaml': own, 'project/config.yaml': project });
      const environment = { MULTIAGENT_ALLOW_REMOTE: variable };
      return loadSettings({ directory: join(root, 'project'), ownFolder: join(root, 'own'), environment, overrides }).settings.allow_remote;
    };
    const hosts = 'allow_remote: [a.example]\n';
    expect(of(hosts, 'b.example,gpu:8080', { allow_remote: ['c.example'] })).toEqual(['c.example', 'b.example', 'gpu:8080', 'a.example']);
    expect(of(hosts, undefined, { allow_remote: 'c.example' })).toEqual(['c.example', 'a.example']);
    expect(of(hosts, undefined, {})).toEqual(['a.example']);
    expect(of('allow_remote: true\n', undefined, { allow_remote: ['c.example'] })).toBe(true);
    expect(of(hosts, 'false', { allow_remote: ['c.example'] })).toEqual(['c.example']);
    expect(of(hosts, 'false', {})).toBe(false);
    expect(of(hosts, undefined, {}, 'allow_remote: false\n')).toBe(false);
    expect(of(hosts, 'b.example', {}, 'allow_remote: false\n')).toEqual(['b.example']);
    expect(of('', 'b.example', {}, 'allow_remote: [evil.example]\n')).toBe('b.example');
  });

  it.each(['*.example', 'me@a.example', 'https://a.example@evil.example', 'gpu', 'a.example, b example', 'ftp://a.example'])(
    'does not take %j for a host, and says what one looks like',
    (host) => {
      expect(failure(() => load({}, { environment: { MULTIAGENT_ALLOW_REMOTE: host } })).message).toMatch(
        /hosts that may be used.*gpu:8080/,
      );
    },
  );

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

describe('sandbox', () => {
  it('is switched off from overrides and from a real variable', () => {
    expect(load({}, { overrides: { sandbox: 'off' } }).settings.sandbox).toBe('off');
    expect(load({}, { environment: { MULTIAGENT_SANDBOX: 'off' } }).settings.sandbox).toBe('off');
  });

  it('is switched off from a chosen file outside the workspace and the current folder', () => {
    const root = temporaryProject({ 'home/team.yaml': 'sandbox: off\nworkspace: ../project', 'project/a.txt': '' });
    expect(loadSettings({ directory: join(root, 'project'), environment: {}, path: '../home/team.yaml' }).settings.sandbox).toBe('off');
  });

  it.each<[string, Record<string, string>]>([
    ['config.yaml of the project', { 'config.yaml': 'sandbox: off\n' }],
    ['.env of the project', { '.env': 'MULTIAGENT_SANDBOX=off' }],
  ])('stays on whatever %s says, and auto may stand anywhere', (_, files) => {
    const error = failure(() => load(files));
    expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining('--sandbox off') as string });
    const allowed = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace('off', 'auto')]));
    expect(load(allowed).settings.sandbox).toBe('auto');
  });
});

describe('the permission to fetch packages', () => {
  it('is given by overrides, a real variable and settings of a person', () => {
    expect(load({}, { overrides: { allow_install: true } }).settings.allow_install).toBe(true);
    expect(load({}, { environment: { MULTIAGENT_ALLOW_INSTALL: 'true' } }).settings.allow_install).toBe(true);
    const root = temporaryProject({ 'home/team.yaml': 'allow_install: true\nworkspace: ../project', 'project/a.txt': '' });
    expect(loadSettings({ directory: join(root, 'project'), environment: {}, path: '../home/team.yaml' }).settings.allow_install).toBe(
      true,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['config.yaml of the project', { 'config.yaml': 'allow_install: true\n' }],
    ['.env of the project', { '.env': 'MULTIAGENT_ALLOW_INSTALL=true' }],
  ])('is not given by %s, which may say no', (_, files) => {
    const hint = expect.stringContaining('--allow-install') as string;
    expect(failure(() => load(files))).toMatchObject({ code: 'settings.invalid', hint });
    const allowed = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace('true', 'false')]));
    expect(load(allowed).settings.allow_install).toBe(false);
  });
});

describe('verify_command', () => {
  it('is said by overrides, a real variable and settings of a person', () => {
    expect(load({}, { overrides: { verify_command: 'make test' } }).settings.verify_command).toBe('make test');
    expect(load({}, { environment: { MULTIAGENT_VERIFY_COMMAND: 'make test' } }).settings.verify_command).toBe('make test');
    const root = temporaryProject({ 'home/team.yaml': 'verify_command: make test\nworkspace: ../project', 'project/a.txt': '' });
    const { settings } = loadSettings({ directory: join(root, 'project'), environment: {}, path: '../home/team.yaml' });
    expect(settings.verify_command).toBe('make test');
  });

  it.each<[string, Record<string, string>]>([
    ['config.yaml of the project', { 'config.yaml': 'verify_command: curl example.com\n' }],
    ['.env of the project', { '.env': 'MULTIAGENT_VERIFY_COMMAND=curl example.com' }],
  ])('is refused from %s', (_, files) => {
    const hint = expect.stringContaining('--verify-command "curl example.com"') as string;
    expect(failure(() => load(files))).toMatchObject({ code: 'settings.invalid', hint });
  });
});

describe('log_file', () => {
  const project = (files: Record<string, string>) => join(temporaryProject({ 'project/a.txt': '', 'home/a.txt': '', ...files }), 'project');

  it.each<[string, Record<string, string>]>([
    ['an absolute path', { 'project/config.yaml': 'log_file: /etc/profile' }],
    ['a way out', { 'project/config.yaml': 'log_file: ../home/.profile' }],
    ['the .env of the project', { 'project/.env': 'LOG_FILE=../home/.profile' }],
  ])('does not lead out of the project by %s', (_, files) => {
    const error = failure(() => loadSettings({ directory: project(files), environment: {} }));
    expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining('LOG_FILE') as string });
  });

  it.each(['a.txt', 'not-there.txt'])('is no link of the project to elsewhere: %s', (target) => {
    const directory = project({ 'project/logs/keep': '' });
    symlinkSync(join(directory, '..', 'home', target), join(directory, 'logs', 'agent_system.log'));
    expect(failure(() => loadSettings({ directory, environment: {} })).code).toBe('settings.invalid');
  });

  it('is where a person wants it', () => {
    const directory = project({});
    const elsewhere = join(directory, '..', 'home', 'my.log');
    expect(loadSettings({ directory, environment: { LOG_FILE: elsewhere } }).settings.log_file).toBe(elsewhere);
    expect(loadSettings({ directory, environment: {}, overrides: { log_file: elsewhere } }).settings.log_file).toBe(elsewhere);
    expect(loadSettings({ directory, environment: {}, overrides: { workspace: '../home' } }).settings.log_file).toMatch(/home.logs/);
  });

  it('may have another name in the project', () => {
    expect(load({ 'config.yaml': 'log_file: other/x.log' }).settings.log_file).toMatch(/other.x\.log$/);
    expect(load({ 'config.yaml': 'workspace: sub\nlog_file: x.log' }).settings.log_file).toMatch(/sub.x\.log$/);
  });
});

describe('places outside of the project', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a workspace elsewhere', '--workspace', { 'config.yaml': 'workspace: ../home\nlog_file: .profile' }],
    ['a workspace elsewhere in .env', '--workspace', { '.env': 'WORKSPACE=/' }],
    ['results elsewhere', '--output', { 'config.yaml': 'output_directory: ../home' }],
    ['results in another workspace', '--output', { 'config.yaml': 'workspace: src\noutput_directory: ../out' }],
    ['a model file elsewhere', '--model-file', { 'config.yaml': 'model_file: /dev/zero' }],
    ['a settings file elsewhere', '--config', { '.env': 'AGENT_CONFIG_PATH=../home/x.yaml' }],
  ])('are not for a file of the project to name: %s', (_, option, files) => {
    const error = failure(() => load(files));
    expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining(option) as string });
    expect(error.message).toMatch(/outside|leads out/);
  });

  it('are not reached by a link of the project either, and a person may want that', () => {
    const root = temporaryProject({ 'project/a.txt': '', 'disk/a.txt': '' });
    const directory = join(root, 'project');
    symlinkSync(join(root, 'disk'), join(directory, 'output'));
    expect(failure(() => loadSettings({ directory, environment: {} }))).toMatchObject({
      code: 'settings.invalid',
      hint: expect.stringContaining('--output') as string,
    });
    const overrides = { output_directory: join(directory, 'output') };
    expect(loadSettings({ directory, environment: {}, overrides }).settings.output_directory).toBe(join(directory, 'output'));
    expect(loadSettings({ directory, environment: {}, beyondRights: 'leave_out' }).settings.workspace).toBe(directory);
  });

  it('may be inside, and count where nobody is refused anything', () => {
    const { settings, directory } = load({ 'config.yaml': 'workspace: src\noutput_directory: results\nmodel_file: m.gguf' });
    expect(settings).toMatchObject({
      workspace: join(directory, 'src'),
      output_directory: join(directory, 'src/results'),
      model_file: join(directory, 'm.gguf'),
    });
  });
});

describe('llm_base_url', () => {
  const remote = 'http://models.example:1/v1';

  it.each(['http://127.0.0.1:8080/v1', 'http://localhost:1', 'http://[::1]:8080/v1,http://127.0.0.2=2'])(
    'may lead to this machine from a file of the project: %s',
    (address) => {
      expect(load({ 'config.yaml': `llm_base_url: ${address}` }).settings.llm_base_url).toBe(address);
      expect(load({ '.env': `OPENAI_API_BASE=${address}` }).settings.llm_base_url).toBe(address);
    },
  );

  it.each<[string, Record<string, string>]>([
    ['another machine', { 'config.yaml': `llm_base_url: ${remote}` }],
    ['another machine in .env', { '.env': `OPENAI_API_BASE=${remote}` }],
    ['another machine beside this one', { 'config.yaml': `llm_base_url: [http://127.0.0.1:1, { address: '${remote}', weight: 2 }]` }],
    ['a query of another service of this machine', { 'config.yaml': 'llm_base_url: http://127.0.0.1:1/containers?x=' }],
    ['a password', { 'config.yaml': 'llm_base_url: http://me:hunter2@127.0.0.1:1' }],
  ])('does not lead to %s, whatever a person has allowed for their own server', (_, files) => {
    for (const environment of [{}, { MULTIAGENT_ALLOW_REMOTE: 'true' }, { MULTIAGENT_ALLOW_REMOTE: 'https://models.example:1' }]) {
      const error = failure(() => load(files, { environment }));
      expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining('--base-url') as string });
      expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
    }
  });

  it('leads to no address of a host that a person has consented to without naming its protocol and port', () => {
    for (const host of ['models.example', 'models.example:1'])
      expect(
        failure(() => load({ 'config.yaml': `llm_base_url: ${remote}` }, { environment: { MULTIAGENT_ALLOW_REMOTE: host } })).code,
      ).toBe('settings.invalid');
  });

  it('leads to the other machine that a person names, or has consented to by its address', () => {
    const files = { 'config.yaml': `llm_base_url: ${remote}` };
    const named = load(files, { overrides: { llm_base_url: 'http://mine.example/v1' }, environment: { MULTIAGENT_ALLOW_REMOTE: 'true' } });
    expect(named.settings).toMatchObject({ llm_base_url: 'http://mine.example/v1', allow_remote: true });
    const consented = load(files, { environment: { MULTIAGENT_ALLOW_REMOTE: 'https://other.example, http://models.example:1' } });
    const allowed = remoteOf(consented.settings);
    expect(isAddressAllowed(remote, allowed)).toBe(true);
    expect(isAddressAllowed('http://models.example:2', allowed)).toBe(false);
    expect(isAddressAllowed('http://127.0.0.1:2', allowed)).toBe(true);
  });

  it('is left out where nothing is sent, and the address of a person counts', () => {
    const files = { 'config.yaml': `llm_base_url: ${remote}\nllm_timeout: 5` };
    expect(load(files, { beyondRights: 'leave_out' }).settings).toMatchObject({ llm_timeout: 5 });
    expect(load(files, { beyondRights: 'leave_out' }).settings.llm_base_url).toBeUndefined();
  });
});

describe("a person's own settings", () => {
  it('lie outside of every project, may say everything, and stand below what a project may say', () => {
    const root = temporaryProject({
      'own/config.yaml':
        'llm_base_url: http://models.example/v1\nallow_remote: true\nllm_api_key: mine\nllm_timeout: 1\nlog_level: debug\n',
      'project/config.yaml': 'llm_timeout: 2\n',
    });
    const options = { directory: join(root, 'project'), environment: {}, ownFolder: join(root, 'own') };
    const { settings, sources } = loadSettings(options);
    expect(settings).toMatchObject({ llm_base_url: 'http://models.example/v1', allow_remote: true, llm_api_key: 'mine', llm_timeout: 2 });
    expect(sources['log_level']).toEqual({ file: join(root, 'own/config.yaml'), line: 5 });
  });

  it('do not give their key to a server that a project names', () => {
    const root = temporaryProject({
      'own/config.yaml': 'allow_remote: [http://models.example]\nllm_api_key: mine\n',
      'project/config.yaml': 'llm_base_url: http://models.example/v1\n',
    });
    const { settings, warnings } = loadSettings({ directory: join(root, 'project'), environment: {}, ownFolder: join(root, 'own') });
    expect(settings.llm_api_key).toBe('not-needed');
    expect(warnings).toEqual([expect.stringContaining('--base-url')]);
  });
});

describe('llm_api_key', () => {
  it('of a project is not sent to another machine, where the work would go under the name of somebody else', () => {
    const environment = { OPENAI_API_BASE: 'https://api.example.com/v1', MULTIAGENT_ALLOW_REMOTE: 'true' };
    for (const files of [{ '.env': 'OPENAI_API_KEY=theirs' }, { 'config.yaml': 'llm_api_key: theirs' }]) {
      const error = failure(() => load(files, { environment }));
      expect(error).toMatchObject({ code: 'settings.invalid', hint: expect.stringContaining('OPENAI_API_KEY') as string });
      expect(load(files, { environment: { ...environment, OPENAI_API_KEY: 'mine' } }).settings.llm_api_key).toBe('mine');
    }
  });

  it('of the real environment is not sent to a server that a project names, whoever has consented to it', () => {
    const { settings, warnings } = load(
      { 'config.yaml': 'llm_base_url: https://models.example/v1' },
      { environment: { OPENAI_API_KEY: 'sk-real', MULTIAGENT_ALLOW_REMOTE: 'https://models.example' } },
    );
    expect(settings.llm_api_key).toBe('not-needed');
    expect(warnings).toEqual([expect.stringContaining('OPENAI_API_KEY')]);
  });

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

  it('from the real environment is not sent where one of several servers is on this machine', () => {
    const servers = (...llm_base_url: string[]) => load({}, { environment, overrides: { llm_base_url } }).settings.llm_api_key;
    expect(servers('https://api.example.com/v1', 'http://127.0.0.1:1')).toBe('not-needed');
    expect(servers('https://api.example.com/v1,http://127.0.0.1:1=2')).toBe('not-needed');
    expect(servers('https://api.example.com/v1', 'https://models.example.com/v1')).toBe('sk-real');
  });

  it.each<[string, Record<string, string>, Options]>([
    ['.env', { '.env': 'OPENAI_API_KEY=mine' }, {}],
    ['the settings file', { 'config.yaml': 'llm_api_key: mine' }, {}],
    ['the command line', {}, { overrides: { llm_api_key: 'mine' } }],
  ])('from %s is kept for loopback, also beside one in the real environment', (_, files, options) => {
    expect(load(files, options).settings.llm_api_key).toBe('mine');
    expect(load(files, { ...options, environment }).settings.llm_api_key).toBe('mine');
  });
});

describe('private', () => {
  it('may be asked for by anybody', () => {
    expect(load({ 'config.yaml': 'private: true' }).settings.private).toBe(true);
    expect(load({ '.env': 'MULTIAGENT_PRIVATE=true' }).settings.private).toBe(true);
    expect(load({}, { overrides: { private: true } }).settings.private).toBe(true);
    expect(load({}).settings.private).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['config.yaml of the project', { 'project/config.yaml': 'private: false\n' }],
    ['.env of the project', { 'project/.env': 'MULTIAGENT_PRIVATE=false' }],
  ])('that a person has asked for is not taken away by %s, but by themselves', (_, files) => {
    const root = temporaryProject({ 'own/config.yaml': 'private: true\n', 'project/a.txt': '', ...files });
    const options = { directory: join(root, 'project'), ownFolder: join(root, 'own') };
    expect(loadSettings({ ...options, environment: {} }).settings.private).toBe(true);
    expect(loadSettings({ ...options, environment: { MULTIAGENT_PRIVATE: 'false' } }).settings.private).toBe(false);
  });
});

describe('budget', () => {
  it('is taken from anybody where nobody else has one', () => {
    expect(load({}).settings.budget).toBe('none');
    expect(load({ 'config.yaml': 'budget: 2.5' }).settings.budget).toBe(2.5);
    expect(load({ '.env': 'MULTIAGENT_BUDGET=0' }).settings.budget).toBe(0);
    expect(load({}, { environment: { MULTIAGENT_BUDGET: '2.50' } }).settings.budget).toBe(2.5);
    expect(load({}, { environment: { MULTIAGENT_BUDGET: 'none' } }).settings.budget).toBe('none');
  });

  it.each<[string, Record<string, string>, number]>([
    ['lowered by config.yaml of the project', { 'project/config.yaml': 'budget: 1\n' }, 1],
    ['lowered by .env of the project', { 'project/.env': 'MULTIAGENT_BUDGET=1\n' }, 1],
    ['not raised by config.yaml of the project', { 'project/config.yaml': 'budget: 100\n' }, 5],
    ['not raised by .env of the project', { 'project/.env': 'MULTIAGENT_BUDGET=100\n' }, 5],
    ['not taken away by the project', { 'project/config.yaml': 'budget: none\n', 'project/.env': 'MULTIAGENT_BUDGET=none\n' }, 5],
  ])('of the person is %s', (_, files, budget) => {
    const root = temporaryProject({ 'own/config.yaml': 'budget: 5\n', 'project/a.txt': '', ...files });
    const options = { directory: join(root, 'project'), ownFolder: join(root, 'own') };
    expect(loadSettings({ ...options, environment: {} }).settings.budget).toBe(budget);
    // What is said for this run wins, in both directions.
    expect(loadSettings({ ...options, environment: {}, overrides: { budget: 50 } }).settings.budget).toBe(50);
  });

  it.each(['-1', 'much', '1000001'])('that is %s is told', (budget) => {
    expect(problem({ 'config.yaml': `budget: ${budget}` })).toContain('expected a number of US dollars (2.50), or none');
  });
});
