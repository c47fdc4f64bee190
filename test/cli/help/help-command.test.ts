import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/cli/program.ts';
import { topicNames, topics } from '../../../src/cli/help/topics.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const help = (...words: string[]) => runCommand(['help', ...words], { directory: temporaryFolder() });
const usual = (...words: string[]) => runCommand([...words, '--help'], { directory: temporaryFolder() });

describe('multiagent help', () => {
  it('is the help of the program, of a command, and of a command within it', async () => {
    expect((await help()).output).toBe((await usual()).output);
    expect((await help('resume')).output).toBe((await usual('resume')).output);
    expect((await help('model', 'start')).output).toBe((await usual('model', 'start')).output);
  });

  it('shows a page, and below the help of a command that there is one on it', async () => {
    const { output, code } = await help('shell');
    expect(output).toMatch(/^In your shell\n=+\n\nCompletion\n-+\n/);
    expect(code).toBe(0);
    expect((await help('doctor')).output).toMatch(/\nThe page on it: multiagent help doctor\.md\n$/);
    expect((await help('doctor.md')).output).not.toBe((await help('doctor')).output);
  });

  it('lists every page with the word that shows it', async () => {
    const { output } = await help('topics');
    const commands = buildProgram(() => undefined).commands.map((command) => command.name());
    for (const { name, title } of topics()) {
      const word = commands.includes(name) ? `${name}.md` : name;
      expect(output.split('\n').find((line) => line.startsWith(`${word} `))).toContain(title);
    }
  });

  it('has pages that come with the package only', () => {
    const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).toContain('docs');
    expect(topicNames().filter((name) => !existsSync(join(root, 'docs', `${name}.md`)))).toEqual([]);
    expect(topicNames().length).toBeGreaterThan(30);
  });

  it.each([
    [['setings'], /neither a command nor a topic called "setings"\.\n {2}Did you mean settings\? "multiagent help topics" lists/],
    [['rumble'], /called "rumble"\.\n {2}/],
    [['../README'], /neither a command nor a topic called "\.\.\/README"/],
    [['decisions/0001'], /neither a command nor a topic/],
    [['settings', 'more'], /called "settings more"/],
    [['model', 'strt'], /"strt" is an unknown command of "multiagent model"\.\n {2}Did you mean start\?/],
  ])('refuses %j, and says what there is', async (words, message) => {
    const { code, output, errors } = await help(...words);
    expect(errors).toMatch(message);
    expect({ code, output }).toEqual({ code: 2, output: '' });
  });
});
