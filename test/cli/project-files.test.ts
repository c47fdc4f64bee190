import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { folderOf } from '../support/folder-of.ts';
import { runCommand } from '../support/run-command.ts';
import { replyAsTeam } from '../support/team-replies.ts';

/** What the model was given of the project, and what a person saw. */
async function runOn(directory: string, ...options: string[]) {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  const { code, output, errors } = await runCommand(
    ['run', 'quick-answer', 'Is it right?', '--base-url', server.address, '--verify', 'off', ...options],
    { directory },
  );
  const messages = (server.requests[0]?.body['messages'] ?? []) as { content: string }[];
  const prompt = messages.map(({ content }) => content).join('\n');
  return {
    code,
    output,
    errors,
    files: [...prompt.matchAll(/^```(\S+\.\w+)\n/gm)].map(([, path]) => path),
    requests: server.requests.length,
  };
}

/** Put together, so that nobody takes this file for one with a token. */
const token = ['gh', 'p_', 'Q7ZK3VX9YPB1LMT8abcdefghijklmnop1234'].join('');

const project = {
  'README.md': '# A project\n',
  'src/a.py': 'a = 1\n',
  'src/a_test.py': 'assert a\n',
  'src/in/b.py': 'b = 1\n',
  'src/logo.png': 'x',
  'src/.env': 'KEY=1',
};

describe('files of a project that is there already', () => {
  it('are named by patterns, of which some leave out; single files come first, and what is left out is said', async () => {
    const { code, output, errors, files } = await runOn(
      folderOf(project),
      '--files',
      '!**/*_test.py',
      'src/**',
      'README.md',
      '--file',
      'src/in/b.py',
    );
    expect({ code, files }).toEqual({ code: 0, files: ['src/in/b.py', 'README.md', 'src/a.py'] });
    expect(`${output}${errors}`).toContain(
      'Left out: 1 file that looks like a secret (src/.env)\nLeft out: 1 file that is not text in UTF-8 (src/logo.png)\n',
    );
  });

  it('are a folder for --file, and are named as in the project where that is another folder', async () => {
    const above = folderOf(Object.fromEntries(Object.entries(project).map(([path, content]) => [`shop/${path}`, content])));
    expect(await runOn(above, '--workspace', 'shop', '--file', 'shop/src/in', '--files', 'shop/*.md', '--quiet')).toMatchObject({
      code: 0,
      errors: '',
      files: ['README.md', 'src/in/b.py'],
    });
    expect(await runOn(join(above, 'shop'), '--file', '.', '--json')).toMatchObject({
      code: 0,
      files: ['README.md', 'src/a.py', 'src/a_test.py', 'src/in/b.py'],
      output: expect.stringContaining('{"reason":"secret","count":1,"examples":["src/.env"]}'),
    });
  });

  it('are those of Git in a work tree', async () => {
    const directory = folderOf({ ...project, '.gitignore': 'in/\n' });
    execFileSync('git', ['init', '-q', directory]);
    expect(await runOn(directory, '--files', 'src/**/*.py')).toMatchObject({ code: 0, files: ['src/a.py', 'src/a_test.py'] });
  });

  it.each([
    {
      options: ['--file', 'src/.env'],
      message: 'Error: src/.env looks like a secret (by its name, it holds keys or passwords), and secrets are not given to a model.',
      hint: 'Leave it out. Give an example without real values instead, such as .env.example.',
    },
    {
      options: ['--files', 'src/a.py', 'src/.env'],
      message: 'Error: src/.env looks like a secret (by its name, it holds keys or passwords), and secrets are not given to a model.',
      hint: 'Leave it out. Give an example without real values instead, such as .env.example.',
    },
    {
      options: ['--file', 'notes.md'],
      message: 'Error: notes.md looks like a secret (line 2 looks like a GitHub token), and secrets are not given to a model.',
      hint: 'Leave it out, or put a placeholder in the place of the secret.',
    },
    {
      options: ['--files', 'src/*.js'],
      message: 'Error: The pattern src/*.js matches no file in HERE.',
      hint: 'Write it relative to the current folder, and quote it, so that the shell leaves it as it is: --files "src/**/*.ts".',
    },
    {
      options: ['--files', '../*.py'],
      message: "Error: ../*.py leads out of the project's folder HERE.",
      hint: 'Start in the folder that holds all of it, or name that folder with --workspace. Single files outside are given with --file.',
    },
    { options: ['--files', 'no.py'], message: 'Error: There is no file or folder no.py in HERE.', hint: 'Check the path.' },
    {
      options: ['--file', 'empty'],
      message: 'Error: There are no files to read in what was named in HERE.',
      hint: 'Name other files or folders with --files, or single files with --file.',
    },
    {
      options: ['--file', 'no.py'],
      message: 'Error: The project file no.py cannot be read: there is no such file.',
      hint: 'Check the path; it is relative to the current folder.',
    },
  ])('are refused before anything starts: $options', async ({ options, message, hint }) => {
    const directory = folderOf({ ...project, 'notes.md': `a\n${token}\n` });
    mkdirSync(join(directory, 'empty'));
    const { code, errors, requests } = await runOn(directory, ...options);
    const told = errors.replaceAll(/\s+/g, ' ');
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(told).toContain(message.replace('HERE', directory));
    expect(told).toContain(hint);
  });
});
