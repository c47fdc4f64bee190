import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasTmux, openTerminal } from '../wizard/terminal.ts';

const raised = 'The rate is raised, as you asked.\n\n```python:app/rate.py\nRATE = 20\n```\n';

/** A conversation about a project within the home folder of the test, with an agent that answers by what was said last. */
async function converse(columns: number, ...args: string[]) {
  const server = await startFakeLlamaServer({
    contextTokens: 32_768,
    reply: ({ body }: RequestRecord) => {
      const last = (body['messages'] as { role: string; content: string }[]).findLast(({ role }) => role === 'user')?.content ?? '';
      if (last.includes('Make it 20.')) return raised;
      if (last.includes('# What your calls say')) return 'It says that there is nothing to see.\n';
      return last.includes('Try it.') ? 'execute_command("ls")\n' : 'The rate is 19, and it stands in the first line of the file.\n';
    },
  });
  onTestFinished(() => server.close());
  const home = temporaryFolder();
  const project = join(home, 'project');
  mkdirSync(join(project, 'app'), { recursive: true });
  writeFileSync(join(project, 'app/rate.py'), 'RATE = 19\n');
  const open = (...more: string[]) =>
    openTerminal({
      columns,
      rows: 24,
      directory: home,
      args: ['code', '--workspace', project, '--base-url', server.address, ...more],
    });
  const terminal = open(...args);
  return { terminal, again: open, rate: () => readFileSync(join(project, 'app/rate.py'), 'utf8') };
}

describe.skipIf(!hasTmux)('a conversation in a terminal', () => {
  it.each([60, 100, 200])('answers, proposes, writes and takes back, %i columns wide', async (columns) => {
    const { terminal, rate } = await converse(columns);
    await terminal.shows('Mode: Local (BYOK)', /^>$/m);
    terminal.type('Which rate is it?');
    terminal.press('Enter');
    await terminal.shows('The rate is 19', /^> Which rate is it\?$/m, /^>$/m);
    await terminal.resize(columns === 60 ? 100 : 60, 24);
    terminal.type('Make it 20.');
    terminal.press('Enter');
    await terminal.shows('-RATE = 19', '+RATE = 20', 'Write 1 file into the project?');
    terminal.type('y');
    terminal.press('Enter');
    await terminal.shows('Wrote 1 file.');
    expect(rate()).toBe('RATE = 20\n');
    terminal.type('/undo');
    terminal.press('Enter');
    await terminal.shows('The newest turn is taken back, with app/rate.py.');
    expect(rate()).toBe('RATE = 19\n');
    terminal.type('/exit');
    terminal.press('Enter');
    expect(await terminal.shows('To go on: multiagent code --session', 'exit code 0')).not.toContain('undefined');
  });

  it('asks before a command is run, and goes on without it', async () => {
    const { terminal } = await converse(100, 'Try it.');
    await terminal.shows('Run execute_command ls?');
    terminal.type('n');
    terminal.press('Enter');
    await terminal.shows('called execute_command("ls"): it failed', 'there is nothing to see', /^>$/m);
    terminal.press('C-c');
    expect(await terminal.shows('exit code 0')).toContain('To go on: multiagent code --session');
  });

  it('asks with --continue about what was left proposed', async () => {
    const { terminal, again, rate } = await converse(100);
    await terminal.shows(/^>$/m);
    terminal.type('Make it 20.');
    terminal.press('Enter');
    await terminal.shows('Write 1 file into the project?');
    terminal.type('n');
    terminal.press('Enter');
    await terminal.shows('Not written: it stays proposed.', /^>$/m);
    terminal.press('C-c');
    await terminal.shows('exit code 0');
    const later = again('--continue');
    await later.shows('+RATE = 20', 'Write 1 file into the project?');
    later.type('y');
    later.press('Enter');
    await later.shows('Wrote 1 file.');
    expect(rate()).toBe('RATE = 20\n');
  });

  it('takes pasted lines as one message, and completes files and commands', async () => {
    const { terminal } = await converse(100);
    await terminal.shows(/^>$/m);
    terminal.type('\u001B[200~one\ntwo\u001B[201~');
    terminal.press('Enter');
    await terminal.shows(/^> one\ntwo$/m, 'The rate is 19');
    terminal.type('/mod');
    terminal.press('Tab');
    await terminal.shows('/mode');
    terminal.press('C-u');
    terminal.type('see @app/ra');
    terminal.press('Tab');
    expect(await terminal.shows('see @app/rate.py')).not.toContain('There is no');
  });
});
