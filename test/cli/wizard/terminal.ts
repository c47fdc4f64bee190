import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { delimiter } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';
import { patience } from '../../support/patience.ts';
import { commandFile } from '../../support/command-file.ts';
import { commandFolder, ownVariables } from '../../support/run-command.ts';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

export interface TerminalOptions {
  columns: number;
  rows?: number;
  /** Home, current folder and workspace of the command. */
  directory: string;
  args?: string[];
  /** The file of an installed command; without it, that of this repository. */
  program?: string;
  environment?: Record<string, string>;
  /** Lines that stand there when the command begins, as those of earlier commands. None: it begins in the first row, from which tmux pushes lines out of reach where it is narrowed and lowered at once. */
  earlier?: number;
}

export interface TestTerminal {
  /** What is on the screen: lines without the spaces at their ends. */
  screen(): string;
  /** Everything since the beginning, with lines joined that the terminal broke. */
  history(): string;
  /** Waits until the screen has all of these, and returns it. */
  shows(...texts: (string | RegExp)[]): Promise<string>;
  /** Names of keys as tmux knows them: Enter, Down, C-c. */
  press(...keys: string[]): void;
  type(text: string): void;
  /** Between two pictures: what is drawn in the moment of a change leaves pieces behind, and no program can take them back. */
  resize(columns: number, rows: number): Promise<void>;
  cursor(): 'shown' | 'hidden';
}

/** `multiagent` in a terminal of its own, with no setting of this machine; ends with the test. The exit code is shown at the end as `exit code n`. */
export function openTerminal({
  columns,
  rows = 40,
  directory,
  args = [],
  program = commandFile,
  environment = {},
  earlier = 0,
}: TerminalOptions): TestTerminal {
  const server = `multiagent-test-${randomUUID()}`;
  const tmux = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', server, '-f', '/dev/null', ...words], {
      encoding: 'utf8',
      env: { PATH: [commandFolder, process.env['PATH']].join(delimiter), HOME: directory, LANG: 'C.UTF-8', TMPDIR: process.env['TMPDIR'] },
    });
    if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${stderr}`);
    return stdout;
  };
  const variables = Object.entries({ NO_COLOR: '1', LANG: 'C.UTF-8', HOME: directory, ...ownVariables(args), ...environment }).map(
    ([name, value]) => `${name}=${value}`,
  );
  const command = ['env', ...variables, process.execPath, program, ...args]
    .map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`)
    .join(' ');
  // The shell waits for a line that never comes, so that the screen stays.
  tmux(
    '-u',
    'new-session',
    '-d',
    '-s',
    't',
    '-x',
    String(columns),
    '-y',
    String(rows),
    '-c',
    directory,
    `${'echo Earlier.; '.repeat(earlier)}${command}; echo "exit code $?"; read -r _`,
  );
  onTestFinished(() => void spawnSync('tmux', ['-L', server, 'kill-server']));

  const capture = (...words: string[]) =>
    tmux('capture-pane', '-p', '-t', 't', ...words)
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  const screen = () => capture();
  const history = () => capture('-J', '-S', '-');
  return {
    screen,
    history,
    async shows(...texts) {
      const limit = AbortSignal.timeout(patience);
      for (;;) {
        const found = screen();
        const missing = texts.filter((text) => (typeof text === 'string' ? !found.includes(text) : !text.test(found)));
        if (missing.length === 0) return found;
        if (limit.aborted) throw new Error(`The screen never showed ${missing.map(String).join(', ')}. It shows:\n${found}`);
        await delay(30);
      }
    },
    press: (...keys) => void tmux('send-keys', '-t', 't', ...keys),
    type: (text) => void tmux('send-keys', '-t', 't', '-l', text),
    async resize(width, height) {
      // The program itself: the shell waits for it.
      const shell = tmux('display-message', '-p', '-t', 't', '#{pane_pid}').trim();
      const signal = (name: string) => spawnSync('pkill', [`-${name}`, '-P', shell]);
      signal('STOP');
      try {
        // What it wrote before is still on its way to the screen.
        for (let before = '', now = history(); now !== before; [before, now] = [now, history()]) await delay(30);
        tmux('resize-window', '-t', 't', '-x', String(width), '-y', String(height));
      } finally {
        signal('CONT');
      }
    },
    cursor: () => (tmux('display-message', '-p', '-t', 't', '#{cursor_flag}').trim() === '1' ? 'shown' : 'hidden'),
  };
}
