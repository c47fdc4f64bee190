/**
 * Takes the pictures of the documentation from real runs in a terminal (tmux): `npm run docs:pictures`. It takes a minute, and what it writes differs each time in
 * times and speeds.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { terminalPicture } from './terminal-picture.ts';

const root = join(import.meta.dirname, '..');
const [columns, rows] = [110, 44];

interface Picture {
  /** In `docs`. */
  file: string;
  title: string;
  words: readonly string[];
  /** The picture is taken once this is on the screen. */
  shows: RegExp;
}

const pictures: readonly Picture[] = [
  { file: 'wizard.svg', title: 'The wizard asks what the team is to do', words: [], shows: /\?/ },
  {
    file: 'live.svg',
    title: 'A run while it works: its steps, who works on what, and the end of the reply as it comes',
    words: ['demo'],
    shows: / 3 +implementation .*\n[^]*writing, /,
  },
  {
    file: 'run.svg',
    title: 'A run of multiagent in a terminal: six steps from a requirement to files',
    words: ['demo'],
    shows: /Completed in[^]*What you saw/,
  },
];

/** Runs a command in a terminal of its own until the screen shows what is to be seen. @returns the screen with its colours. */
async function screenOf({ words, shows, file }: Picture): Promise<string> {
  const workspace = mkdtempSync(join(tmpdir(), 'picture-'));
  const server = `picture-${process.pid}`;
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: workspace, LANG: 'C.UTF-8', COLORTERM: 'truecolor' },
    });
  try {
    // By its own name, as after an installation: hints name the command as it was started.
    const bin = join(workspace, 'bin');
    mkdirSync(bin);
    symlinkSync(join(root, 'src/cli/multiagent.ts'), join(bin, 'multiagent'));
    const path = [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
    const line = ['env', `'PATH=${path}'`, 'multiagent', ...words, '; read -r wait'].join(' ');
    tmux('-u', 'new-session', '-d', '-s', 't', '-x', String(columns), '-y', String(rows), '-c', workspace, line);
    for (let tries = 0; tries < 1200; tries += 1) {
      const plain = tmux('capture-pane', '-p', '-t', 't');
      // What is told after the outcome is advice, not the run.
      if (shows.test(plain)) return tmux('capture-pane', '-e', '-p', '-t', 't').replaceAll(workspace, '~').split('\n\nWhat you saw', 1)[0]!;
      await delay(100);
    }
    throw new Error(`${file}: the screen never showed ${shows.source}. It shows:\n${tmux('capture-pane', '-p', '-t', 't')}`);
  } finally {
    tmux('kill-server');
    rmSync(workspace, { recursive: true, force: true });
  }
}

for (const picture of pictures) {
  const screen = await screenOf(picture);
  writeFileSync(join(root, 'docs', picture.file), terminalPicture(screen, { title: picture.title, columns }));
  process.stdout.write(`docs/${picture.file}\n`);
}
