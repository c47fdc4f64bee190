import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../../support/run-command.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { hasTmux, openTerminal } from '../../wizard/terminal.ts';

function demoIn(columns: number, rows: number, environment: Record<string, string> = {}) {
  return openTerminal({ columns, rows, directory: temporaryFolder(), args: ['demo'], environment });
}

describe.skipIf(!hasTmux)('a run in a terminal', () => {
  test.each([60, 80, 160])('shows its steps while they run, and each once at the end, at %i columns', async (columns) => {
    const terminal = demoIn(columns, 50);
    await terminal.shows(/⠋|⠙|⠹|⠸|⠼|⠴|⠦|⠧|⠇|⠏/u, '·  6 documentation', 'Ctrl-C stops.');
    await terminal.shows('exit code 0');
    const history = terminal.history();
    for (const step of ['requirements_analysis', 'implementation', 'documentation'])
      expect(history.match(new RegExp(`✔ +\\d ${step}`, 'gu'))).toHaveLength(1);
    expect(history).not.toContain('Ctrl-C stops.');
    expect(terminal.cursor()).toBe('shown');
  });

  test('follows a terminal that changes its width, without leaving pieces behind', async () => {
    const terminal = demoIn(120, 50);
    await terminal.shows('·  6 documentation', 'Ctrl-C stops.');
    await terminal.resize(50, 50);
    await terminal.shows(/✔ +3 implementation/u);
    await terminal.resize(100, 50);
    await terminal.shows('exit code 0');
    expect(terminal.history().match(/[✔·] +\d /gu)).toHaveLength(6);
  });

  test('follows a terminal that becomes lower and higher again, without leaving pieces behind', async () => {
    const terminal = demoIn(100, 40);
    await terminal.shows('·  6 documentation', 'Ctrl-C stops.');
    await terminal.resize(100, 8);
    await terminal.shows('more lines, shown at the end');
    await terminal.resize(100, 40);
    await terminal.shows('·  6 documentation', 'Ctrl-C stops.');
    terminal.press('C-c');
    await terminal.shows('exit code 130');
    const history = terminal.history();
    expect(history.match(/^Run /gmu)).toHaveLength(1);
    expect(history.match(/^. +\d requirements_analysis/gmu)).toHaveLength(1);
    expect(history).toContain('This demo needs no model server');
  });

  test('stops cleanly on Ctrl-C', async () => {
    const terminal = demoIn(80, 50);
    await terminal.shows('·  6 documentation', 'Ctrl-C stops.');
    terminal.press('C-c');
    const screen = await terminal.shows('exit code 130');
    expect(screen).toContain('Stopping; what has arrived is kept.');
    expect(terminal.cursor()).toBe('shown');
  });

  test('has a run pause at a key, which is then gone on with', async () => {
    const directory = temporaryFolder();
    const terminal = openTerminal({ columns: 100, rows: 50, directory, args: ['demo'] });
    await terminal.shows('·  6 documentation', 'p pause');
    terminal.press('p');
    await terminal.shows(/Paused by \S+: steps under way are done to their end, and no other begins/u);
    const screen = await terminal.shows('exit code 130');
    expect(screen).toMatch(/·  6 documentation/u);
    expect(terminal.cursor()).toBe('shown');
  });

  test('asks what to tell the team at a key, and goes on', async () => {
    const terminal = demoIn(100, 50);
    await terminal.shows('·  6 documentation', 's tell the team');
    terminal.press('s');
    await terminal.shows('To the team (empty: nothing):');
    terminal.type('Two colours are enough.');
    terminal.press('Enter');
    await terminal.shows('exit code 0');
    expect(terminal.history()).toMatch(/^\S+ to the team: Two colours are enough\.$/mu);
  });

  test('says how long it still takes once a run like it has been, at 60, 80 and 200 columns and while its size changes', async () => {
    const directory = temporaryFolder();
    expect((await runCommand(['demo'], { directory })).code).toBe(0);
    const terminal = openTerminal({ columns: 200, rows: 50, directory, args: ['demo'] });
    for (const columns of [200, 80, 60]) {
      await terminal.resize(columns, 50);
      await terminal.shows(/^\d of 6 steps, .*\bleft\. Ctrl-C stops\./mu, 'Keys: ');
    }
    terminal.press('C-c');
    expect(await terminal.shows('exit code 130')).not.toContain(' left.');
  });

  test('fits a terminal that is lower than its steps, and tells everything at the end', async () => {
    const terminal = demoIn(60, 10);
    await terminal.shows('more lines, shown at the end');
    await terminal.shows('exit code 0');
    expect(terminal.history().match(/✔ +\d /gu)).toHaveLength(6);
  });

  test('an error leaves no half picture', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'r.md'), 'x');
    const args = ['run', 'analysis', '--req', 'r.md', '--base-url', 'http://127.0.0.1:1/v1'];
    const terminal = openTerminal({ columns: 80, directory, args });
    const screen = await terminal.shows('exit code 3');
    expect(screen).toMatch(/^Error: No model server was found/u);
    expect(terminal.cursor()).toBe('shown');
  });

  test('prints plain lines where CI is set', async () => {
    const terminal = demoIn(80, 50, { CI: 'true' });
    expect(await terminal.shows('[1/6] requirements_analysis: ba_001 begins')).not.toContain('Ctrl-C stops.');
  });
});
