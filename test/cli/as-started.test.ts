import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asStarted, commandNames } from '../../src/cli/as-started.ts';
import { ownCommand } from '../../src/cli/own-command.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('knows every command', () => {
  const known = buildProgram(() => undefined).commands.map((command) => command.name());
  expect([...commandNames].sort()).toEqual(known.sort());
});

test.each([
  ['"multiagent runs" lists the runs', (own: string) => `"${own} runs" lists the runs`],
  ['  multiagent run bug-fix\n  multiagent --help', (own: string) => `  ${own} run bug-fix\n  ${own} --help`],
  ['Again: multiagent retry 1 (or multiagent rm 1)', (own: string) => `Again: ${own} retry 1 (or ${own} rm 1)`],
  ['Usage: multiagent [options]', (own: string) => `Usage: ${own} [options]`],
  ['  multiagent      asks', (own: string) => `  ${own}      asks`],
])('says a command as it has to be typed: %s', (text, expected) => {
  const folder = temporaryFolder();
  expect(asStarted(text, folder)).toBe(expected(ownCommand(folder)));
});

test.each([
  'Without a command, multiagent asks questions.',
  'Install the newest multiagent to import it.',
  'logs of /opt/multiagent run out',
  'the multiagent runner',
  '@example/multiagent run',
])('leaves what is no command of this program: %s', (text) => {
  expect(asStarted(text, temporaryFolder())).toBe(text);
});

test('says it for the folder in which it is going to be typed', () => {
  const folder = temporaryFolder();
  const below = join(folder, 'below');
  mkdirSync(below);
  writeFileSync(join(below, 'package.json'), '{"bin":{"multiagent":"strange.js"}}');
  expect(asStarted('multiagent run analysis', below)).toMatch(/multiagent\.ts' ?run analysis$|multiagent\.ts run analysis$/);
});
