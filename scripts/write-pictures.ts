/**
 * Takes the pictures of the documentation from real runs in a terminal (tmux), and of a report in Chromium: `npm run docs:pictures`. It takes a minute, and what it
 * writes differs each time in times and speeds. Words after it name those to be taken: `npm run docs:pictures -- live doctor`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { findBrowser } from '../src/tools/built-in/browser/find-browser.ts';
import { reportPicture } from './report-picture.ts';
import { terminalPicture } from './terminal-picture.ts';

const root = join(import.meta.dirname, '..');
const columns = 110;

/** What is typed once this is on the screen. */
interface Typed {
  after: RegExp;
  text: string;
}

interface Picture {
  /** In `docs`, with the ending of its kind. */
  name: string;
  title: string;
  /** Commands that make the project what it is beforehand. */
  before: readonly (readonly string[])[];
  words: readonly string[];
  typed: readonly Typed[];
  /** The picture is taken once this is on the screen. */
  shows: RegExp;
  /** `report`: of the page that the run has written, in a browser. */
  of: 'terminal' | 'report';
  rows: number;
}

const completed = /Completed in[^]*What you saw/;

const pictures: readonly Picture[] = [
  {
    name: 'wizard',
    title: 'The wizard asks what the team is to do',
    before: [],
    words: [],
    typed: [],
    shows: /\?/,
    of: 'terminal',
    rows: 44,
  },
  {
    name: 'live',
    title: 'A run while it works: its steps, who works on what, and the end of the reply as it comes',
    before: [],
    words: ['demo'],
    typed: [],
    shows: / 3 +implementation .*\n[^]*writing, /,
    of: 'terminal',
    rows: 44,
  },
  {
    name: 'run',
    title: 'A run of multiagent in a terminal: six steps from a requirement to files',
    before: [],
    words: ['demo'],
    typed: [],
    shows: completed,
    of: 'terminal',
    rows: 44,
  },
  { name: 'report', title: 'The report of a run', before: [], words: ['demo'], typed: [], shows: completed, of: 'report', rows: 44 },
  {
    name: 'code',
    title: 'A conversation with an agent: its reply, what was tried, the changes as a diff, and the question whether to write them',
    before: [
      ['demo', '--quiet'],
      ['apply', '--file', 'src/bookmark.py', '--yes'],
    ],
    words: ['code', '--engine', 'embedded', '--role', 'qa_engineer'],
    typed: [{ after: /^> *$/m, text: 'Write tests for src/bookmark.py.' }],
    shows: /Write \d+ files? into the project\?/,
    of: 'terminal',
    rows: 48,
  },
  {
    name: 'doctor',
    title: 'What doctor found on a machine: each check, the speed, and what to start',
    before: [],
    words: ['doctor', '--engine', 'embedded'],
    typed: [],
    shows: /To start a server on this machine[^]*--port \d+/,
    of: 'terminal',
    rows: 44,
  },
];

/** Runs a command in a terminal of its own, in a project of its own, until the screen shows what is to be seen, and draws it. @returns the file. */
async function take(picture: Picture): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'picture-'));
  const project = join(home, 'shop');
  mkdirSync(project);
  const server = `picture-${process.pid}`;
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8', COLORTERM: 'truecolor' },
    });
  const until = async (shows: RegExp): Promise<void> => {
    const screen = () => tmux('capture-pane', '-p', '-t', 't');
    for (let tries = 0; tries < 1200; tries += 1) {
      if (shows.test(screen())) return;
      await delay(100);
    }
    throw new Error(`${picture.name}: the screen never showed ${shows.source}. It shows:\n${screen()}`);
  };
  try {
    // By its own name, as after an installation: hints name the command as it was started.
    const bin = join(home, 'bin');
    mkdirSync(bin);
    symlinkSync(join(root, 'src/cli/multiagent.ts'), join(bin, 'multiagent'));
    const path = [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
    const env = { PATH: path, HOME: home, LANG: 'C.UTF-8' };
    for (const words of picture.before) execFileSync(join(bin, 'multiagent'), words, { cwd: project, env, stdio: 'ignore' });
    const line = ['env', `'PATH=${path}'`, 'multiagent', ...picture.words, '; read -r wait'].join(' ');
    tmux('-u', 'new-session', '-d', '-s', 't', '-x', String(columns), '-y', String(picture.rows), '-c', project, line);
    for (const { after, text } of picture.typed) {
      await until(after);
      tmux('send-keys', '-t', 't', '-l', text);
      tmux('send-keys', '-t', 't', 'Enter');
    }
    await until(picture.shows);
    if (picture.of === 'report') return await drawReport(picture, join(project, 'output'));
    // What is told after the outcome is advice, not the run.
    const screen = tmux('capture-pane', '-e', '-p', '-t', 't').replaceAll(home, '~').split('\n\nWhat you saw', 1)[0]!;
    const file = join(root, 'docs', `${picture.name}.svg`);
    writeFileSync(file, terminalPicture(screen, { title: picture.title, columns }));
    return file;
  } finally {
    tmux('kill-server');
    rmSync(home, { recursive: true, force: true });
  }
}

async function drawReport({ name }: Picture, output: string): Promise<string> {
  const page = readdirSync(output).find((entry) => entry.startsWith('report_'));
  if (page === undefined) throw new Error(`There is no report in ${output}.`);
  const { program } = findBrowser({ PATH: process.env['PATH'] ?? '' });
  const file = join(root, 'docs', `${name}.png`);
  writeFileSync(file, await reportPicture(join(output, page), { browser: program, width: 1000, height: 1000 }));
  return file;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !pictures.some((picture) => picture.name === name));
if (unknown.length > 0)
  throw new Error(`There is no picture ${unknown.join(', ')}; there are ${pictures.map(({ name }) => name).join(', ')}.`);
for (const picture of pictures) {
  if (asked.length === 0 || asked.includes(picture.name)) process.stdout.write(`${relative(root, await take(picture))}\n`);
}
