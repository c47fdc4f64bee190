import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { productVersion } from '../../../src/utils/product-version.ts';
import { packageName } from '../../../src/cli/upgrade/newest-version.ts';
import { commandFolder, runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Runs the command with an npm that does this and writes down how it was called. */
async function withNpm(script: string | undefined, ...words: string[]) {
  const home = temporaryFolder();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const calls = join(home, 'calls');
  writeFileSync(calls, '');
  if (script !== undefined) writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$PWD $*" >> '${calls}'\n${script}\n`, { mode: 0o755 });
  const directory = join(home, 'project');
  mkdirSync(directory);
  writeFileSync(join(directory, '.npmrc'), 'registry=http://127.0.0.1:1/');
  const PATH = [bin, commandFolder, ...(script === undefined ? [] : ['/usr/bin', '/bin']), dirname(process.execPath)];
  const environment = { HOME: home, PATH: script === undefined ? bin : PATH.join(':') };
  const outcome = await runCommand(['upgrade-check', ...words], { directory, environment });
  return { ...outcome, home, calls: readFileSync(calls, 'utf8') };
}

const says = (text: string, code = 0) => `printf '%s' '${text}'; exit ${code}`;
const version = productVersion();

describe('multiagent upgrade-check', () => {
  it('knows what the package is called', () => {
    const { name } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as { name: string };
    expect(packageName).toBe(name);
  });

  it('asks nobody by itself, and says how to', async () => {
    const { code, output, errors, calls } = await withNpm(says('"9.9.9"'));
    expect({ code, errors, calls }).toEqual({ code: 0, errors: '', calls: '' });
    expect(output).toContain(`This is version ${version}. Nobody was asked`);
    expect(output).toContain('"multiagent upgrade-check --ask" asks the registry');
    const json = await withNpm(says('"9.9.9"'), '--json');
    expect(JSON.parse(json.output)).toEqual({ version, newest: null, is_newest: null });
    expect(json.calls).toBe('');
  });

  it.each([
    ['9.9.9', `Version 9.9.9 is there; this is ${version}.`, false],
    [version, `This is version ${version}, the newest one.`, true],
    ['0.0.1', `This is version ${version}; the newest one in the registry is 0.0.1.`, true],
  ])('asks npm once, outside of the project, and compares: %s', async (newest, sentence, isNewest) => {
    const { code, output, calls, home } = await withNpm(says(`"${newest}"`), '--ask');
    expect(code).toBe(0);
    expect(output).toContain(sentence);
    expect(calls).toMatch(new RegExp(`^${home} view ${packageName} version --json [^\\n]*\\n$`));
    const json = await withNpm(says(`"${newest}"`), '--ask', '--json');
    expect(JSON.parse(json.output)).toEqual({ version, newest, is_newest: isNewest });
  });

  it.each([
    ['upgrade.no_npm', undefined, 'npm was not found'],
    [
      'upgrade.not_published',
      says('{"error":{"code":"E404","summary":"Not found"}}', 1),
      'The registry in your npm settings has no package',
    ],
    [
      'upgrade.no_answer',
      says('{"error":{"code":"ENOTFOUND","summary":"getaddrinfo ENOTFOUND registry.example.\\nmore"}}', 1),
      'The registry could not be asked: getaddrinfo ENOTFOUND registry.example.\n',
    ],
    ['upgrade.not_understood', says('<html>Please sign in</html>'), 'something else than a version'],
    ['upgrade.not_understood', says('"9.9.9; rm -rf"'), 'something else than a version'],
    ['upgrade.no_answer', 'yes', 'The registry could not be asked'],
  ])('says what is wrong, and what to do: %s', async (_, script, sentence) => {
    const { code, output, errors } = await withNpm(script, '--ask');
    expect(errors).toContain(sentence);
    expect(errors).toMatch(/\n {2}\S/);
    expect({ code, output }).toEqual({ code: 1, output: '' });
  });
});
