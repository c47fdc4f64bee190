import { existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load-settings.ts';
import { rolesOf } from '../config/load-support.ts';
import { temporaryProject } from '../config/temporary-project.ts';
import { runCommand } from '../support/run-command.ts';

const read = (directory: string, name: string) => readFileSync(join(directory, name), 'utf8');

async function init(directory: string, args: string[] = []) {
  const { code, output, errors } = await runCommand(['init', ...args], { directory });
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  /** What is told of a file: its outcome and the reason. */
  const told = (name: string) => {
    const line = output.split('\n').find((other) => other.split(/ +/)[1] === name);
    return line?.replaceAll(/ {2,}/g, '  ');
  };
  return { output, told };
}

describe('multiagent init', () => {
  it('writes settings that change nothing, and an example requirement, and says what to type next', async () => {
    const directory = temporaryProject();
    const { output, told } = await init(directory);
    for (const name of ['config.yaml', '.env', 'requirement.md']) {
      expect(told(name)).toMatch(/^created /);
      expect(read(directory, name).length).toBeGreaterThan(200);
    }
    expect(read(directory, 'requirement.md')).toMatch(/^# \S/);
    expect(read(directory, '.env')).not.toContain('Copy this file');
    expect(output).toContain('multiagent run feature-development --req requirement.md');
    expect(output).not.toContain(' cd ');

    const { settings, sources } = loadSettings({ environment: {}, directory, rolesOf });
    expect(settings).toEqual(
      loadSettings({ environment: {}, directory: temporaryProject({ 'config.yaml': '' }), overrides: { workspace: directory }, rolesOf })
        .settings,
    );
    expect(Object.values(sources).filter((source) => typeof source === 'object' && 'dotenv' in source)).toEqual([]);
  });

  it('overrules nothing in the settings that a person has for all projects', async () => {
    const directory = temporaryProject({ 'own/config.yaml': 'llm_timeout: 7\nfallback: [default]\nsession_tools: [scan_secrets]\n' });
    await init(directory);
    const { sources, settings } = loadSettings({ environment: {}, directory, ownFolder: join(directory, 'own'), rolesOf });
    expect(settings).toMatchObject({ llm_timeout: 7, fallback: ['default'], session_tools: ['scan_secrets'] });
    expect(Object.entries(sources).flatMap(([key, source]) => (source === 'default' ? [] : [key]))).toEqual([
      'llm_timeout',
      'fallback',
      'session_tools',
    ]);
  });

  it('shows each setting of the file that comes with the program, one # away', async () => {
    const directory = temporaryProject();
    await init(directory);
    const lines = read(directory, 'config.yaml').split('\n');
    const shipped = readFileSync(join(import.meta.dirname, '../../config.yaml'), 'utf8')
      .split('\n')
      .slice(1);
    const live = shipped.filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
    expect(live.length).toBeGreaterThan(50);
    expect(lines.filter((line) => live.includes(line.slice(1)))).toEqual(live.map((line) => `#${line}`));
    expect(lines.filter((line) => line !== '' && !/^ *#/.test(line))).toEqual([]);
  });

  it('lets nobody else read the .env', async () => {
    const directory = temporaryProject();
    await init(directory);
    expect(statSync(join(directory, '.env')).mode & 0o777).toBe(0o600);
  });

  it('makes the folder that is named, and tells how to get there', async () => {
    const directory = temporaryProject();
    const { output } = await init(directory, ['a/my project']);
    expect(existsSync(join(directory, 'a/my project/config.yaml'))).toBe(true);
    expect(existsSync(join(directory, 'config.yaml'))).toBe(false);
    expect(output).toContain("cd 'a/my project'\n");
  });

  it('never writes over what exists, the second time neither', async () => {
    const files = { 'config.yaml': 'llm_timeout: 1\n', '.env': 'LLM_TIMEOUT=2\n', 'requirement.md': 'Mine.\n', '.gitignore': 'x\n' };
    const directory = temporaryProject(files);
    for (let times = 0; times < 2; times++) {
      const { told } = await init(directory);
      for (const name of ['config.yaml', '.env', 'requirement.md']) expect(told(name)).toBe(`kept  ${name}  already exists`);
    }
    for (const [name, content] of Object.entries(files)) expect(read(directory, name)).toBe(content);
  });

  it('writes what is missing beside what exists', async () => {
    const directory = temporaryProject({ '.env': 'LLM_TIMEOUT=2\n' });
    const { told } = await init(directory);
    expect(told('.env')).toMatch(/^kept /);
    expect(told('config.yaml')).toMatch(/^created /);
    expect(loadSettings({ environment: {}, directory }).settings.llm_timeout).toBe(2);
  });

  it.each(['config.yml', 'config.json'])('does not put a config.yaml before a %s that is read now', async (name) => {
    const directory = temporaryProject({ [name]: '{"llm_timeout": 7}' });
    const { told } = await init(directory);
    expect(told('config.yaml')).toMatch(/^kept /);
    expect(told('config.yaml')).toContain(name);
    expect(existsSync(join(directory, 'config.yaml'))).toBe(false);
    expect(loadSettings({ environment: {}, directory }).settings.llm_timeout).toBe(7);
  });

  it('follows no link out of the folder', async () => {
    const directory = temporaryProject({ 'project/.git/HEAD': '', 'ignored.txt': 'x\n' });
    symlinkSync('../outside.txt', join(directory, 'project/.env'));
    symlinkSync('../ignored.txt', join(directory, 'project/.gitignore'));
    const { told } = await init(directory, ['project']);
    expect(told('.env')).toMatch(/^kept /);
    expect(lstatSync(join(directory, 'project/.env')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(directory, 'outside.txt'))).toBe(false);
    expect(read(directory, 'ignored.txt')).toBe('x\n');
  });

  it('refuses a name that belongs to a file, and leaves the file alone', async () => {
    const directory = temporaryProject({ 'notes.txt': 'mine' });
    const { code, output, errors } = await runCommand(['init', 'notes.txt'], { directory });
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/notes\.txt cannot be written: a file stands where a folder has to be\.\n/);
    expect(errors).toContain('multiagent init <dir>');
    expect(read(directory, 'notes.txt')).toBe('mine');
  });
});

describe('the .gitignore of a repository', () => {
  const all = '.env\noutput/\n.multiagent/\nlogs/\n';

  it.each([
    ['is given what is missing, in its own lines', 'node_modules/\n', `node_modules/\n${all}`],
    ['may be empty', '', all],
    ['may end without a line feed', 'node_modules/', `node_modules/\n${all}`],
    ['keeps its CRLF', 'a\r\n', `a\r\n${all.replaceAll('\n', '\r\n')}`],
    ['is given only what is missing', '/output\n.env\n', '/output\n.env\n.multiagent/\nlogs/\n'],
    ['is told apart from comments and longer names', '# .env\nmy-output/\nlogs/old\n', `# .env\nmy-output/\nlogs/old\n${all}`],
  ])('%s', async (_, before, after) => {
    const directory = temporaryProject({ '.git/HEAD': '', '.gitignore': before });
    const { told } = await init(directory);
    expect(read(directory, '.gitignore')).toBe(after);
    expect(told('.gitignore')).toMatch(/^changed {2}\.gitignore {2}added .*logs\/$/);
    await init(directory);
    expect(read(directory, '.gitignore')).toBe(after);
  });

  it.each([
    ['in their plain form', all],
    ['in other spellings', '/.env\n**/output\n/.multiagent/**\nlogs/*  \n'],
    ['as a decision against it', '!.env\noutput/\n.multiagent\nlogs\n'],
  ])('stays as it is when it has all entries %s', async (_, content) => {
    const directory = temporaryProject({ '.git': 'gitdir: elsewhere', '.gitignore': content });
    const { told } = await init(directory);
    expect(read(directory, '.gitignore')).toBe(content);
    expect(told('.gitignore')).toMatch(/^kept /);
  });

  it('is changed in a folder of a repository too, the one of that folder', async () => {
    const directory = temporaryProject({ '.git/HEAD': '', '.gitignore': 'x\n', 'part/.gitignore': '' });
    await init(directory, ['part']);
    expect(read(directory, 'part/.gitignore')).toBe(all);
    expect(read(directory, '.gitignore')).toBe('x\n');
  });

  it('is not made where there is none; what to keep out of commits is said', async () => {
    const directory = temporaryProject({ '.git/HEAD': '' });
    const { told } = await init(directory);
    expect(existsSync(join(directory, '.gitignore'))).toBe(false);
    expect(told('.gitignore')).toContain('.env, output/, .multiagent/, logs/');
  });

  it('is left alone outside of repositories', async () => {
    const directory = temporaryProject({ '.gitignore': 'x\n' });
    const { told } = await init(directory);
    expect(read(directory, '.gitignore')).toBe('x\n');
    expect(told('.gitignore')).toBeUndefined();
  });
});
