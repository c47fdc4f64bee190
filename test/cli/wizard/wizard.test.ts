import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../scripts/script-project.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { runCommand } from '../../support/run-command.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasTmux, openTerminal, type TestTerminal } from './terminal.ts';

if (!hasTmux) process.stderr.write('The tests of the wizard are skipped, because tmux is not installed.\n');

/** HTTP clients refuse this port, so nothing can answer there. */
const nowhere = 'http://127.0.0.1:1/v1';
const embedded = ['--engine', 'embedded'];
const fakeProgram = join(import.meta.dirname, '../../local-engine/managed/fake-llama.ts');

function project(): string {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'requirement.md'), '# Fix the bookmarks\n\nTags are lost.\n');
  writeFileSync(join(directory, 'store.py'), 'tags = []\n');
  writeFileSync(join(directory, 'picture.png'), Buffer.from([0x89, 0, 1]));
  mkdirSync(join(directory, 'docs'));
  return directory;
}

test('without a terminal it refuses, and names the options that answer its questions', async () => {
  const { code, output, errors } = await runCommand([], { directory: temporaryFolder() });
  expect(code).toBe(2);
  expect(output).toBe('');
  expect(errors).toContain('multiagent run feature-development --req requirement.md');
});

test('a word that is no command is refused with the nearest one', async () => {
  const { code, errors } = await runCommand(['rnu'], { directory: temporaryFolder() });
  expect(code).toBe(2);
  expect(errors).toContain('Did you mean run?');
});

describe.skipIf(!hasTmux)('in a terminal', () => {
  describe.each([60, 80, 160])('of %i columns', (columns) => {
    test('without a model server the ways on are offered', async () => {
      const terminal = openTerminal({ columns, directory: project(), args: ['--base-url', nowhere] });
      expect(await terminal.shows('Leave', 'select')).toMatchSnapshot('at first');
      terminal.press('Down', 'Down');
      expect(await terminal.shows('❯ Try the demo')).toMatchSnapshot('with the demo chosen');
    });

    test('a run is prepared question by question', async () => {
      const terminal = openTerminal({ columns, directory: project(), args: embedded });
      await terminal.shows('Where is the requirement?');
      terminal.press('Up');
      await terminal.shows('❯ I type one line');
      terminal.press('Down', 'Down', 'Down', 'Enter');
      await terminal.shows('? File');
      terminal.type('req');
      await terminal.shows('❯ requirement.md');
      terminal.press('Enter');
      await terminal.shows('❯ Bug fix (suggested)', /says\s+"Fix"\./u);
      terminal.press('Enter');
      await terminal.shows('(no project files)');
      terminal.type('sto');
      await terminal.shows('❯ store.py');
      terminal.press('Enter');
      await terminal.shows('Another project file', '(no more files)');
      terminal.press('Enter');
      expect(await terminal.shows('? Start?')).toMatchSnapshot('all answers');
      terminal.type('n');
      await terminal.shows('? Start? (Esc: back) (Y/n) n');
      terminal.press('Enter');
      await terminal.shows('exit code 0');
      expect(terminal.history()).toContain('multiagent run bug-fix --req requirement.md --file store.py');
    });
  });

  test('the demo runs to its end with the live view', async () => {
    const directory = project();
    const terminal = openTerminal({ columns: 80, rows: 60, directory, args: ['--base-url', nowhere] });
    await terminal.shows('Leave', 'select');
    terminal.press('Down', 'Down');
    await terminal.shows('❯ Try the demo');
    terminal.press('Enter');
    await terminal.shows('? Start the demo?', 'Technical Writer');
    terminal.press('Enter');
    const screen = await terminal.shows('exit code 0');
    expect(screen).toContain('6 of 6 tasks');
    expect(screen.match(/✔ {2}\d /gu)).toHaveLength(6);
    expect(screen).not.toMatch(/Ctrl-C stops|⠋/u);
    expect(terminal.cursor()).toBe('shown');
    expect(existsSync(join(directory, 'output', 'generated', 'latest'))).toBe(true);
  });

  test('a typed requirement runs, and the command line that repeats it is shown', async () => {
    const directory = project();
    const args = [...embedded, '--requirement', 'A bookmark manager that keeps tags', '--file', 'store.py'];
    const terminal = openTerminal({ columns: 80, rows: 60, directory, args });
    await terminal.shows('❯ Feature development (suggested)');
    terminal.press('Up', 'Down', 'Down', 'Down', 'Down');
    await terminal.shows('❯ Analysis');
    terminal.press('Enter');
    await terminal.shows('? Start?');
    terminal.press('Enter');
    await terminal.shows('exit code');
    expect(terminal.history().replaceAll('\n', '')).toContain(
      `multiagent run analysis --requirement 'A bookmark manager that keeps tags' --file store.py --engine embedded`,
    );
  });

  test('a pasted requirement keeps its empty lines', async () => {
    const directory = project();
    const terminal = openTerminal({ columns: 80, directory, args: embedded });
    await terminal.shows('Where is the requirement?');
    terminal.press('Down', 'Down');
    await terminal.shows('❯ I paste several lines');
    terminal.press('Enter');
    await terminal.shows('Finish with Ctrl-D on a line of its own;');
    terminal.press('# Feasibility', 'Enter', 'Enter', 'of offline maps', 'Enter');
    await terminal.shows('of offline maps');
    terminal.press('C-d');
    await terminal.shows('❯ Analysis (suggested)');
    terminal.press('Enter');
    await terminal.shows('(no project files)');
    terminal.press('Enter');
    await terminal.shows('? Start?');
    terminal.type('n');
    terminal.press('Enter');
    await terminal.shows('exit code 0');
    const file = /--req (\S+)/u.exec(terminal.history())?.[1] ?? '';
    expect(readFileSync(join(directory, file), 'utf8')).toBe('# Feasibility\n\nof offline maps\n');
  });

  test('a requirement comes from the editor of the person', async () => {
    const directory = project();
    const editor = join(directory, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\necho "Terraform for our servers" > "$1"\n', { mode: 0o755 });
    const terminal = openTerminal({ columns: 80, directory, args: embedded, environment: { EDITOR: editor, VISUAL: editor } });
    await terminal.shows('Where is the requirement?');
    terminal.press('Down');
    await terminal.shows('❯ I write it in my editor');
    terminal.press('Enter');
    await terminal.shows('to launch your preferred editor');
    terminal.press('Enter');
    expect(await terminal.shows('❯ Infrastructure (suggested)')).toContain('The requirement');
  });

  test('what was written stands there again for whoever comes back, and in the editor', async () => {
    const directory = project();
    const editor = join(directory, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\necho "And Terraform." >> "$1"\n', { mode: 0o755 });
    const terminal = openTerminal({ columns: 100, directory, args: embedded, environment: { EDITOR: editor, VISUAL: editor } });
    await terminal.shows('Where is the requirement?');
    terminal.press('Enter');
    await terminal.shows(/team build\? \(Esc: back\)$/u);
    terminal.type('A list of books');
    terminal.press('Enter');
    await terminal.shows('❯ Feature development (suggested)', 'nothing more special');
    terminal.press('Escape');
    await terminal.shows(/❯ I type one line\n[^❯]*$/u);
    terminal.press('Enter');
    await terminal.shows(/team build\? \(Esc: back\) A list of books$/u);
    terminal.type(', and films');
    terminal.press('Enter');
    await terminal.shows(/❯ Feature development[^❯]*$/u);
    terminal.press('Escape');
    await terminal.shows(/❯ I type one line\n[^❯]*$/u);
    terminal.press('Down');
    await terminal.shows('❯ I write it in my editor', 'It opens with the one from before.');
    terminal.press('Enter');
    await terminal.shows('to launch your preferred editor');
    terminal.press('Enter');
    await terminal.shows('❯ Infrastructure (suggested)', 'says "Terraform"');
    terminal.press('Enter');
    await terminal.shows('(no project files)');
    terminal.press('Enter');
    await terminal.shows('? Start?');
    terminal.type('n');
    terminal.press('Enter');
    await terminal.shows('exit code 0');
    const file = /--req (\S+)/u.exec(terminal.history())?.[1] ?? '';
    expect(readFileSync(join(directory, file), 'utf8')).toBe('A list of books, and filmsAnd Terraform.\n');
    const memory = JSON.parse(readFileSync(join(directory, '.multiagent', 'wizard.json'), 'utf8')) as object;
    expect(memory).toMatchObject({ workflow: 'infrastructure', requirement: { source: 'editor', file: join(directory, file) } });
  });

  test('how long the run takes is said before it starts, once a run like it has been', async () => {
    const server = await startFakeLlamaServer({ reply: replyAsTeam() });
    onTestFinished(() => server.close());
    const directory = project();
    const args = ['--base-url', server.address, '--requirement', 'How is a tag kept?', '--file', 'store.py'];
    const terminal = () => openTerminal({ columns: 60, rows: 30, directory, args });
    const first = terminal();
    await first.shows('❯ Quick answer (suggested)');
    first.press('Enter');
    expect(await first.shows('? Start?')).not.toContain('Estimated');
    first.press('Enter');
    await first.shows('exit code 0');
    const second = terminal();
    await second.shows('❯ Quick answer (suggested)');
    second.press('Enter');
    expect(await second.shows('? Start?')).toContain('Estimated time: under a minute, by an earlier run.');
    second.press('Escape');
    await second.shows(/❯ Quick answer[^❯]*$/u);
  });

  test('what cannot be used is told and asked again', async () => {
    const terminal = openTerminal({ columns: 80, directory: project(), args: [...embedded] });
    await terminal.shows('Where is the requirement?');
    terminal.press('Enter');
    await terminal.shows('What should the team build?');
    terminal.press('Enter');
    await terminal.shows('! The requirement is empty.', '❯ I type one line');
    terminal.press('Enter');
    await terminal.shows(/What should the team build\? \(Esc: back\)$/u);
    terminal.type('x');
    terminal.press('Enter');
    await terminal.shows('suggested');
    terminal.press('Enter');
    await terminal.shows('(no project files)');
    terminal.type('pict');
    await terminal.shows('❯ picture.png');
    terminal.press('Enter');
    const refused = '! The project file picture.png cannot be read: it is not a text file.';
    expect(await terminal.shows(refused, /\? Project file.*\n❯ \(no project files\)/u)).toContain('The team reads only plain text');
  });

  test('a wrong address is corrected where it was typed, and another one is found', async () => {
    const server = await startFakeLlamaServer();
    onTestFinished(() => server.close());
    const terminal = openTerminal({ columns: 100, directory: project(), args: ['--base-url', nowhere] });
    await terminal.shows('Leave', 'select');
    terminal.press('Down', 'Enter');
    await terminal.shows('? Address (Esc: back)');
    terminal.type('nonsense');
    terminal.press('Enter');
    await terminal.shows('That is not an address.', 'localhost:8080');
    terminal.press('C-u');
    terminal.type(new URL(server.origin).host);
    terminal.press('Enter');
    expect(await terminal.shows('Model fake-model at http://', '? Where is the requirement?')).not.toContain('Error');
  });

  test('a model server is started, and used', async () => {
    const directory = project();
    const port = await freePort();
    const program = join(directory, 'llama-server');
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${fakeProgram}" "${directory}" "$@"\n`, { mode: 0o755 });
    const environment = { LLAMA_SERVER_BIN: program, LLAMA_PORT: port, LLAMA_MODEL: 'tiny' };
    onTestFinished(async () => void (await runCommand(['model', 'stop', '--all'], { directory, environment })));
    const terminal = openTerminal({ columns: 100, directory, args: ['--base-url', nowhere], environment });
    await terminal.shows('Leave', 'select');
    terminal.press('Enter');
    await terminal.shows('? Which model?', 'tiny');
    terminal.press('Up', 'End', ...Array<string>(15).fill('Down'));
    await terminal.shows('❯ tiny');
    terminal.press('Enter');
    const started = `llama-server is ready at http://127.0.0.1:${port}/v1`;
    expect(await terminal.shows(started, '? Where is the requirement?')).toContain(`Model stand-in at http://127.0.0.1:${port}`);
  });

  test('Esc goes back from every question, to the first one', async () => {
    const server = await startFakeLlamaServer();
    onTestFinished(() => server.close());
    const terminal = openTerminal({ columns: 100, rows: 90, directory: project(), args: ['--base-url', server.address] });
    const [requirement, workflow] = [/❯ I type one line\n[^❯]*$/u, /❯ Feature development[^❯]*$/u];
    await terminal.shows(requirement);
    for (const [down, question] of [/team build\? \(Esc: back\)$/u, /preferred editor/u, /Esc goes back\.$/u, /\? File/u].entries()) {
      terminal.press(...Array<string>(down).fill('Down'), 'Enter');
      await terminal.shows(question);
      terminal.press('Escape');
      await terminal.shows(requirement);
    }
    terminal.press('Enter');
    await terminal.shows(/team build\? \(Esc: back\)$/u);
    terminal.type('A list of books');
    terminal.press('Enter');
    await terminal.shows(workflow);
    terminal.press('Enter');
    await terminal.shows(/❯ \(no project files\)[^❯]*$/u);
    terminal.press('Enter');
    await terminal.shows(/\? Start\? \(Esc: back\) \(Y\/n\)$/u);
    terminal.press('Escape');
    await terminal.shows(/❯ \(no project files\)[^❯]*$/u);
    terminal.press('Escape');
    await terminal.shows(workflow);
    terminal.press('Escape');
    await terminal.shows(requirement);
    terminal.press('Escape');
    await terminal.shows(/❯ Start a model server now[^❯]*$/u);
    terminal.press('Escape');
    await terminal.shows(/(❯ Start a model server now[^❯]*){2}$/u);
    terminal.press('Down', 'Down', 'Enter');
    await terminal.shows(/\? Start the demo\? \(Esc: back\) \(Y\/n\)$/u);
    terminal.press('Escape');
    expect(await terminal.shows(/Start the demo[^❯]*❯ Start a model server now[^❯]*$/u)).not.toContain('exit code');
  });

  test('an address outside this machine is used only with consent', async () => {
    const terminal = openTerminal({ columns: 80, directory: project(), args: ['--base-url', 'http://models.invalid:1/v1'] });
    await terminal.shows('is not on this machine', 'Send them there? (Esc: back) (y/N)');
    terminal.press('Enter');
    expect(await terminal.shows('✔ Send them there? No', 'How do you want to continue?')).not.toContain('Model ');
  });

  test('the choices of last time are the defaults of next time', async () => {
    const directory = project();
    mkdirSync(join(directory, '.multiagent'));
    const memory = {
      workflow: 'documentation',
      requirement: { source: 'file', file: join(directory, 'requirement.md') },
      files: [join(directory, 'store.py'), join(directory, 'gone.py')],
    };
    writeFileSync(join(directory, '.multiagent', 'wizard.json'), JSON.stringify(memory));
    const terminal = openTerminal({ columns: 80, directory, args: embedded });
    await terminal.shows('❯ It is in a file');
    terminal.press('Enter');
    await terminal.shows('? File requirement.md', '❯ requirement.md');
    terminal.press('Enter');
    await terminal.shows('❯ Documentation (last time)', 'Bug fix (suggested)');
    terminal.press('Enter');
    expect(await terminal.shows('(as last time: store.py)')).not.toContain('gone.py');
  });

  test.each([
    ['one server', (address: string) => address, /Model fake-model at http/],
    ['several servers', (address: string) => `http://127.0.0.1:1=2,${address}`, /Model fake-model at http\S* \(the first of 2/],
  ])('%s of last time are asked first', async (_, written, found) => {
    const server = await startFakeLlamaServer();
    onTestFinished(() => server.close());
    const directory = project();
    mkdirSync(join(directory, '.multiagent'));
    writeFileSync(join(directory, '.multiagent', 'wizard.json'), JSON.stringify({ address: written(server.origin), files: [] }));
    const terminal = openTerminal({ columns: 120, directory });
    expect(await terminal.shows(found, 'Where is the requirement?')).not.toContain('No model server');
  });

  describe('Ctrl-C leaves at once with a short line', () => {
    const stop = async (terminal: TestTerminal) => {
      terminal.press('C-c');
      const screen = await terminal.shows('exit code 130');
      return {
        said: screen.includes('Stopped; nothing was started.'),
        stack: /Error|\bat .*\.ts:/u.test(screen),
        cursor: terminal.cursor(),
      };
    };
    const clean = { said: true, stack: false, cursor: 'shown' };

    test('at the first question', async () => {
      const terminal = openTerminal({ columns: 80, directory: project(), args: ['--base-url', nowhere] });
      await terminal.shows('Leave', 'select');
      expect(await stop(terminal)).toEqual(clean);
    });

    test('at a path', async () => {
      const terminal = openTerminal({ columns: 80, directory: project(), args: [...embedded, '--requirement', 'x'] });
      await terminal.shows('suggested');
      terminal.press('Enter');
      await terminal.shows('(no project files)');
      expect(await stop(terminal)).toEqual(clean);
    });

    test('while lines are pasted', async () => {
      const terminal = openTerminal({ columns: 80, directory: project(), args: [...embedded, '--req', '-'] });
      await terminal.shows('Finish with Ctrl-D on a line of its own;');
      terminal.type('half a line');
      await terminal.shows('half a line');
      expect(await stop(terminal)).toEqual(clean);
    });

    test('at the last question', async () => {
      const terminal = openTerminal({ columns: 60, directory: project(), args: [...embedded, '--requirement', 'x', '--file', 'store.py'] });
      await terminal.shows('suggested');
      terminal.press('Enter');
      await terminal.shows('? Start?');
      expect(await stop(terminal)).toEqual(clean);
    });
  });

  test('Ctrl-D at a question leaves like Ctrl-C', async () => {
    const terminal = openTerminal({ columns: 80, directory: project(), args: embedded });
    await terminal.shows('Where is the requirement?', 'select');
    terminal.press('C-d');
    expect(await terminal.shows('exit code 130')).not.toContain('Warning');
  });

  test('to leave without a model server has the exit code of that', async () => {
    const terminal = openTerminal({ columns: 80, directory: project(), args: ['--base-url', nowhere] });
    await terminal.shows('Leave', 'select');
    terminal.press('Down', 'Down', 'Down', 'Down');
    await terminal.shows('❯ Leave');
    terminal.press('Enter');
    expect(await terminal.shows('exit code 3')).not.toContain('Error');
  });
});
