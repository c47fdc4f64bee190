import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { manPage } from '../../scripts/man-page.ts';
import { buildProgram, helpBelow } from '../../src/cli/program.ts';

const root = join(import.meta.dirname, '../..');
const file = join(root, 'man/multiagent.1');
const program = buildProgram(() => undefined);

const hasMan = spawnSync('man', ['--version']).status === 0;

/** What a person sees, in one line, and what man says of the page. */
function seen(path: string, input?: string) {
  const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', path], {
    env: { PATH: process.env['PATH'], MANWIDTH: '1000', LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    input,
  });
  return { text: stdout.replaceAll(/.\u0008/g, '').replaceAll(/\s+/g, ' '), warnings: stderr };
}

/** Every command with those within it. */
function all(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .flatMap((each) => [each, ...all(each)]);
}

describe('man/multiagent.1', () => {
  it('is what the commands say (else: npm run docs:man)', () => {
    expect(manPage(program, helpBelow)).toBe(readFileSync(file, 'utf8'));
  });

  it('comes with the package', () => {
    const { man, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { man: string[]; files: string[] };
    expect({ man, files }).toEqual({ man: ['./man/multiagent.1'], files: expect.arrayContaining(['man']) });
  });

  it.skipIf(!hasMan)('shows every command and option as the help does, and man has nothing to say', () => {
    const { text, warnings } = seen(file);
    expect(warnings).toBe('');
    for (const command of all(program).filter((each) => each.name() !== 'help'))
      for (const { flags, description } of command.options.filter(({ hidden }) => !hidden))
        expect(text).toContain(`${flags} ${description}`);
    for (const command of program.commands.filter((each) => each.name() !== 'complete'))
      expect(text).toContain(`multiagent ${command.name()} `);
    expect(text).toContain('EXIT CODES 0 completed, 1 the run failed');
  });
});

describe('manPage', () => {
  it.skipIf(!hasMan)('takes no text for a request or an escape', () => {
    const words = `.so /etc/passwd \\fBbold\\fR "quoted" 'it' -x ~ ^ \``;
    const page = manPage(new Command('try').description('Try it.').option('--odd', words), '');
    expect(page).not.toMatch(/^[.']so/m);
    expect(seen('-', page).text).toContain(words);
  });
});
