import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hasTmux, openTerminal } from './terminal.ts';

const embedded = ['--engine', 'embedded'];
const own = `name: own
title: Our own
description: One answer.
version: 1
inputs:
  requirement: required
  tone: { type: text, description: how it sounds }
steps:
  - id: answer
    role: business_analyst
    task_type: answer
    description: Answers.
    expects: text
`;

function project(): string {
  const directory = temporaryFolder();
  writeFileSync(join(directory, 'requirement.md'), '# Fix the bookmarks\n\nTags are lost.\n');
  writeFileSync(join(directory, 'store.py'), 'tags = []\n');
  writeFileSync(join(directory, 'own.yaml'), own);
  return directory;
}

async function fakeServer(...models: string[]) {
  const listed = { object: 'list', data: models.map((id) => ({ id, object: 'model' })) };
  const server = await startFakeLlamaServer({ reply: replyAsTeam(), answers: models.length === 0 ? {} : { '/models': listed } });
  onTestFinished(() => server.close());
  return server;
}

const memoryOf = (workspace: string) => JSON.parse(readFileSync(join(workspace, '.multiagent', 'wizard.json'), 'utf8')) as object;

describe.skipIf(!hasTmux)('a question that an option answers', () => {
  test.each([60, 100, 200])('is shown with its answer and not asked: the run starts at once, in %i columns', async (columns) => {
    const server = await fakeServer();
    const args = ['--base-url', server.address, '--req', 'requirement.md', '--workflow', 'quick-answer', '--file', 'store.py', '--yes'];
    const terminal = openTerminal({ columns, rows: 60, directory: project(), args });
    const screen = await terminal.shows('exit code 0');
    for (const answer of [
      'Where is the requirement? requirement.md',
      'Workflow Quick answer',
      'Project file the team reads store.py',
      'Start? Yes',
    ])
      expect(screen).toContain(`✔ ${answer}`);
    expect(screen).not.toMatch(/^\? /mu);
    expect(terminal.history().replaceAll('\n', '')).toContain(
      'multiagent run quick-answer --req requirement.md --file store.py --base-url',
    );
    expect(server.requests).toHaveLength(1);
  });

  test('is not gone back to', async () => {
    const args = [...embedded, '--workflow', 'bug-fix', '--files', '*.py'];
    const terminal = openTerminal({ columns: 100, directory: project(), args });
    await terminal.shows(/❯ I type one line\n[^❯]*$/u);
    terminal.press('Enter');
    await terminal.shows(/team build\? \(Esc: back\)$/u);
    terminal.type('Tags are lost');
    terminal.press('Enter');
    await terminal.shows('✔ Workflow Bug fix', '✔ Project file the team reads *.py', /\? Start\? \(Esc: back\) \(Y\/n\)$/u);
    terminal.press('Escape');
    expect(await terminal.shows(/❯ I type one line\n[^❯]*$/u)).not.toContain('exit code');
  });

  test('has its default with --yes, where it has one: the workflow that suits, no project files', async () => {
    const server = await fakeServer('first', 'second');
    const directory = project();
    const args = ['--base-url', server.address, '--requirement', 'How is a tag kept?', '--yes'];
    const terminal = openTerminal({ columns: 100, rows: 60, directory, args });
    const screen = await terminal.shows('exit code 0');
    expect(screen).toContain('✔ Where is the requirement? "How is a tag kept?"');
    expect(screen).toContain('✔ Model first');
    expect(screen).toContain('✔ Workflow Quick answer (suggested)');
    expect(screen).toContain('✔ Project file the team reads (no project files)');
    expect(memoryOf(directory)).toMatchObject({ workflow: 'quick_answer', model: 'first' });
  });

  test('is asked in spite of --yes where it has no default, and where work would leave this machine', async () => {
    const asked = openTerminal({ columns: 100, directory: project(), args: [...embedded, '--yes'] });
    await asked.shows('? Where is the requirement?');
    const remote = ['--base-url', 'http://models.invalid:1/v1', '--requirement', 'x', '--yes'];
    const elsewhere = openTerminal({ columns: 100, directory: project(), args: remote });
    expect(await elsewhere.shows('is not on this machine', 'Send them there? (Esc: back) (y/N)')).not.toContain('✔ Send');
  });

  test('may be a workflow of a file, with its inputs, and stands in the line that repeats the run', async () => {
    const server = await fakeServer();
    const directory = project();
    const args = ['--base-url', server.address, '--requirement', 'x', '--workflow', 'own.yaml', '--input', 'tone=dry', '--yes'];
    const terminal = openTerminal({ columns: 100, rows: 60, directory, args });
    const screen = await terminal.shows('exit code 0');
    expect(screen).toContain('✔ Workflow own.yaml');
    expect(terminal.history().replaceAll('\n', '')).toContain(
      'multiagent run --workflow own.yaml --input tone=dry --requirement x --base-url',
    );
    expect(memoryOf(directory)).not.toHaveProperty('workflow');
  });

  test.each([
    ['a workflow that there is not', ['--workflow', 'bug-fux'], 'There is no workflow called bug-fux.', 'Did you mean bug-fix?'],
    ['a file that there is not', ['--workflow', 'gone.yaml'], 'gone.yaml', 'workflow'],
    ['an input that the workflow has not', ['--workflow', 'bug-fix', '--input', 'tone=dry'], 'has no input called tone', '--requirement'],
    ['an input that is missing', ['--workflow', 'own.yaml', '--requirement', 'x'], 'needs the input tone', '--input tone=<value>'],
    ['a project file that there is not', ['--file', 'gone.py'], 'gone.py', 'project file'],
    ['a requirement that there is not', ['--req', 'gone.md'], 'gone.md', 'requirement'],
  ])('that is wrong is an error: %s', async (_, args, message, hint) => {
    const terminal = openTerminal({ columns: 160, directory: project(), args: [...embedded, ...args] });
    const screen = await terminal.shows('exit code 2');
    expect(screen).toContain('Error: ');
    expect(screen).toContain(message);
    expect(screen).toContain(hint);
    expect(screen).not.toMatch(/^\? /mu);
  });
});

describe.skipIf(!hasTmux)('what is remembered', () => {
  test('is of one workspace: another one has its own, also when it is named by --workspace', async () => {
    const directory = temporaryFolder();
    for (const name of ['one', 'two']) mkdirSync(join(directory, name));
    const args = (workspace: string) => [...embedded, '--requirement', 'Which tags?', '--workspace', workspace];
    const first = openTerminal({ columns: 100, directory, args: [...args('one'), '--workflow', 'documentation'] });
    await first.shows('(no project files)');
    first.press('Enter');
    await first.shows('? Start?');
    first.type('n');
    first.press('Enter');
    await first.shows('exit code 0');
    expect(memoryOf(join(directory, 'one'))).toMatchObject({ workflow: 'documentation' });
    expect(existsSync(join(directory, '.multiagent'))).toBe(false);
    const again = openTerminal({ columns: 100, directory, args: args('one') });
    await again.shows('Documentation (last time)');
    const other = openTerminal({ columns: 100, directory, args: args('two') });
    expect(await other.shows('(suggested)')).not.toContain('last time');
  });
});
