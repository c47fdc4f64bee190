import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { SqliteEventStore } from '../../../src/state/store/sqlite-event-store.ts';
import { commandFolder, runCommand } from '../../support/run-command.ts';
import { added, started } from '../../support/run-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Names that a shell would take for something else, as the steps and roles of a project that came from elsewhere. */
const hostile = [
  '$(touch hacked)',
  '`touch hacked`',
  '; touch hacked;',
  "'; touch hacked; '",
  '"; touch hacked; "',
  '\\$(touch hacked)',
  '${PWD}',
  '*',
  '~',
  'a b  c',
  '!!',
  '(touch hacked)',
  '| touch hacked',
  '#comment',
  'x:$(touch hacked)',
  'x=$(touch hacked)',
  '{a,b}',
  '%s%n',
  '\\n',
];
const run = '20261121-093015042-k3f9';

async function hostileProject(): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.multiagent'));
  for (const name of hostile) mkdirSync(join(folder, '.multiagent', 'agents', name), { recursive: true });
  const store = SqliteEventStore.open({ path: join(folder, '.multiagent', 'state.db') });
  const tasks = [...hostile, 'two\nlines', 'plain'];
  const events = [started(run, '$(touch hacked)'), ...tasks.map((task, index) => added(run, task, index + 1))];
  await store.append({ stream: `run:${run}`, expectedSequence: 0, events, durability: 'normal' });
  await store.close();
  return folder;
}

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What a shell prints. It finds the command by its name. */
function inShell(shell: string, args: readonly string[], directory: string, input = ''): string {
  const PATH = [commandFolder, join(process.execPath, '..'), process.env['PATH']].join(delimiter);
  const { stdout, stderr } = spawnSync(shell, args, {
    cwd: directory,
    env: { PATH, HOME: directory, LC_ALL: 'C.UTF-8' },
    input,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout;
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** What bash puts on the line, and then what a command would be given if the person pressed Enter. */
function inBash(words: readonly string[], directory: string): { put: string[]; given: string[]; options: string } {
  const typed = ['multiagent', ...words].map(quoted).join(' ');
  const script = `
    eval "$(command multiagent completion bash)"
    compopt() { options="$*"; }
    COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; options=
    _multiagent
    for each in "\${COMPREPLY[@]}"; do printf 'put\\0%s\\0' "$each"; eval "set -- $each"; printf 'given\\0%s\\0' "$*"; done
    printf 'options\\0%s\\0' "$options"`;
  const parts = inShell('bash', ['--norc', '-c', script], directory).split('\0');
  const after = (mark: string) => parts.flatMap((part, index) => (index % 2 === 0 && part === mark ? [parts[index + 1] ?? ''] : []));
  return { put: after('put'), given: after('given'), options: after('options')[0] ?? '' };
}

describe('multiagent complete', () => {
  it('creates nothing, and says nothing where something is wrong', async () => {
    const directory = temporaryFolder();
    for (const words of [
      ['resume', ''],
      ['run', '--model', ''],
      ['show', '--config', 'there-is-none.yaml', ''],
      ['run', ''],
    ]) {
      const { code, errors } = await runCommand(['complete', '--', ...words], { directory });
      expect({ code, errors, left: readdirSync(directory) }).toEqual({ code: 0, errors: '', left: [] });
    }
  });

  it('tells runs with what they are about, and takes no text of a journal for a line of its own', async () => {
    const directory = await hostileProject();
    const { output } = await runCommand(['complete', '--', 'show', ''], { directory });
    expect(output).toBe(`none\nlatest\tthe newest run\n${run}\tbug-fix: $(touch hacked)\n`);
    const steps = await runCommand(['complete', '--', 'show', '--reply', ''], { directory });
    expect(steps.output.split('\n')).toEqual(['none', ...[...hostile, 'plain'].map((name) => `${name}\t`), '']);
  });
});

describe('multiagent completion', () => {
  it('refuses a shell that it does not know, and names those that it does', async () => {
    const { code, errors } = await runCommand(['completion', 'tcsh'], { directory: temporaryFolder() });
    expect(code).toBe(2);
    expect(errors).toContain('Allowed choices are bash, zsh, fish.');
  });

  it.skipIf(!has('bash'))('has bash quote every name, so that none is run, neither now nor with the line', async () => {
    const directory = await hostileProject();
    const steps = inBash(['show', '--reply', ''], directory);
    expect(steps.given).toEqual([...hostile, 'plain']);
    const roles = inBash(['agents', 'show', ''], directory);
    expect(roles.given.toSorted()).toEqual(expect.arrayContaining(hostile.toSorted()));
    expect(existsSync(join(directory, 'hacked'))).toBe(false);
  });

  it.skipIf(!has('bash')).each([
    [['ru'], ['run', 'runs']],
    // bash takes these for several words, and replaces only the last one.
    [
      ['run', '--verify', '=', ''],
      ['auto', 'off', 'required'],
    ],
    [
      ['run', '--verify', '='],
      ['auto', 'off', 'required'],
    ],
    [['run', '--verify', '=', 're'], ['required']],
    [['show', "it's"], []],
    [['show', '"$(touch hacked)'], []],
  ])('has bash go on with %j', (words, expected) => {
    const directory = temporaryFolder();
    expect(inBash(words, directory).put).toEqual(expected);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(!has('bash')).each([
    [['run', '--workspace', ''], '+o default -o dirnames'],
    [['run', ''], '+o default'],
    [['run', '--req', ''], ''],
  ])('has bash complete paths where they fit: %j', (words, options) => {
    expect(inBash(words, temporaryFolder()).options).toBe(options);
  });

  it.skipIf(!has('zsh'))('has zsh be given every name as it is, and run none', async () => {
    const directory = await hostileProject();
    const script = `
      compdef() { true; }
      compadd() { print -rN -- "\${found[@]}"; }
      _files() { print -rN -- files "$@"; }
      eval "$(command multiagent completion zsh)"
      words=(multiagent show --reply ''); CURRENT=4; PREFIX=''; _multiagent
      words=(multiagent ru); CURRENT=2; PREFIX=ru; _multiagent
      words=(multiagent init ''); CURRENT=3; PREFIX=''; _multiagent
      words=(multiagent show '$(touch hacked)' ''); CURRENT=4; PREFIX=''; _multiagent`;
    const said = inShell('zsh', ['-f', '-c', script], directory).split('\0').slice(0, -1);
    expect(said).toEqual([...hostile, 'plain', 'run', 'runs', 'files', '-/']);
    expect(existsSync(join(directory, 'hacked'))).toBe(false);
  });

  it.skipIf(!has('fish'))('has fish quote every name, and run none', async () => {
    const directory = await hostileProject();
    mkdirSync(join(directory, 'src'));
    const complete = (line: string) =>
      inShell('fish', ['--no-config', '-c', `multiagent completion fish | source; complete -C ${quoted(line)}`], directory)
        .split('\n')
        .slice(0, -1)
        .map((each) => each.split('\t', 1)[0]);
    expect(complete('multiagent ru')).toEqual(['run', 'runs']);
    const steps = complete('multiagent show --reply ');
    expect(steps).toContain('plain');
    expect(steps).toHaveLength(hostile.length + 1);
    expect(complete('multiagent show --reply "$(touch hacked)').length).toBeLessThanOrEqual(1);
    expect(complete('multiagent init ')).toContain('src/');
    expect(existsSync(join(directory, 'hacked'))).toBe(false);
  });
});
