import { describe, expect, it } from 'vitest';
import { hasTmux, openTerminal } from '../wizard/terminal.ts';
import { project } from './project-with-people.ts';

async function runIn(workflow: string, environment: Record<string, string> = {}) {
  const { directory, address, call } = await project();
  const args = ['run', workflow, 'Greet.', '--base-url', address];
  return { terminal: openTerminal({ columns: 100, rows: 50, directory, args, environment }), call };
}

describe.skipIf(!hasTmux)('a person at the terminal', () => {
  it('is asked at once, sees what has changed, has it changed, and approves; the run then goes on below', async () => {
    const { terminal, call } = await runIn('release');
    await terminal.shows('approval shows greet.py', 'approval asks: May this go out?', '❯ Approve');
    terminal.press('Down', 'Down', 'Enter');
    await terminal.shows('+print("version 1")');
    await terminal.shows(/\+print[^]*\? Your decision:[^]*❯ Approve/);
    terminal.press('Down', 'Enter');
    await terminal.shows('What is to change?');
    terminal.press('Enter');
    await terminal.shows('Without this nobody knows what to change.');
    terminal.type('In French.');
    terminal.press('Enter');
    await terminal.shows('What is to change? In French.', /shows greet\.py[^]*shows greet\.py[^]*❯ Approve/);
    terminal.press('Enter');
    await terminal.shows('Completed', 'exit code 0');
    expect((await call('show')).output).toMatch(/approval: \S+ rejected it: In French\.\napproval: \S+ approved it\.\n/);
  });

  it('decides later: exit code 4, and what to type', async () => {
    const { terminal } = await runIn('release', { CI: '' });
    await terminal.shows('❯ Approve');
    terminal.press('Down', 'Down', 'Down', 'Enter');
    expect(await terminal.shows('multiagent approve', 'exit code 4')).toContain('Decide later');
  });

  it('stops the run with Ctrl-C, which can then be resumed', async () => {
    const { terminal } = await runIn('release');
    await terminal.shows('❯ Approve');
    terminal.press('C-c');
    await terminal.shows('exit code 130');
    expect(terminal.cursor()).toBe('shown');
  });

  it('answers questions, each in its type', async () => {
    const { terminal } = await runIn('colours');
    await terminal.shows('Which colour?', '❯ red');
    terminal.press('Down', 'Enter');
    await terminal.shows('How large?', '❯ Answer');
    terminal.press('Enter');
    await terminal.shows('? Answer:');
    terminal.type('many');
    terminal.press('Enter');
    await terminal.shows('Give a number.');
    terminal.press('BSpace', 'BSpace', 'BSpace', 'BSpace');
    terminal.type('7');
    terminal.press('Enter');
    expect(await terminal.shows('exit code 0')).toContain('? Answer: 7'.slice(2));
  });

  it('is no longer asked once somebody decides in another terminal', async () => {
    const { terminal, call } = await runIn('release');
    await terminal.shows('❯ Approve');
    const { code, output } = await call('approve');
    expect(code).toBe(0);
    expect(output).toContain('works on the run, and continues with it.');
    await terminal.shows('Completed', 'exit code 0');
  });
});
