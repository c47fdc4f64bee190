import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findOwnCommand } from '../../src/cli/own-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A machine with the package at `lib/…`, a `node`, and an empty folder in which somebody types. */
function machine() {
  const base = temporaryFolder();
  const write = (path: string, text: string) => {
    const file = join(base, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    return file;
  };
  const link = (path: string, target: string) => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    symlinkSync(target, join(base, path));
  };
  const script = write('lib/dist/cli/multiagent.js', '');
  write('lib/package.json', JSON.stringify({ bin: { multiagent: 'dist/cli/multiagent.js' } }));
  const node = write('bin/node', '');
  mkdirSync(join(base, 'work'));
  const find = ({ folder = 'work', path = ['bin'], environment = {} }: { folder?: string; path?: string[]; environment?: object } = {}) =>
    findOwnCommand({
      folder: join(base, folder),
      root: join(base, 'lib'),
      script,
      node,
      environment: { PATH: path.map((entry) => join(base, entry)).join(delimiter), ...environment },
    });
  return { base, write, link, script, node, find };
}

describe('what a person types to start this program', () => {
  test('its name, where a shell finds it by that', () => {
    const { link, script, find } = machine();
    link('bin/multiagent', script);
    expect(find()).toBe('multiagent');
  });

  test('not its name, where a shell finds a program of somebody else before it', () => {
    const { write, link, script, find } = machine();
    link('bin/multiagent', script);
    write('strange/multiagent', '');
    expect(find({ path: ['strange', 'bin'] })).toBe(`node ${script}`);
  });

  test('npx and its name, in a project that has it installed and in the folders below', () => {
    const { base, link, script, find } = machine();
    link('work/node_modules/.bin/multiagent', script);
    mkdirSync(join(base, 'work/src/deep'), { recursive: true });
    expect(find()).toBe('npx multiagent');
    expect(find({ folder: 'work/src/deep' })).toBe('npx multiagent');
  });

  test('npx and its name, in its own folder', () => {
    expect(machine().find({ folder: 'lib' })).toBe('npx multiagent');
  });

  test('node and its file in its own folder, where it is not compiled yet', () => {
    const { write, find } = machine();
    write('lib/package.json', JSON.stringify({ bin: { multiagent: 'dist/other.js' } }));
    expect(find({ folder: 'lib' })).toBe('node dist/cli/multiagent.js');
  });

  test('node and its file, where npm would fetch the package of a stranger', () => {
    const { script, find } = machine();
    expect(find()).toBe(`node ${script}`);
  });

  test.each([
    ['installed', 'work/node_modules/.bin/multiagent', ''],
    ['in the folder', 'work/package.json', JSON.stringify({ bin: { multiagent: 'other.js' } })],
  ])('node and its file, where a package of the same name is %s', (_, path, text) => {
    const { write, link, script, find } = machine();
    link('node_modules/.bin/multiagent', script);
    write('work/other.js', '');
    write(path, text);
    expect(find()).toBe(`node ${script}`);
  });

  test('what npm puts on the path of its children does not count', () => {
    const { link, script, find } = machine();
    link('cache/_npx/1/node_modules/.bin/multiagent', script);
    const path = ['cache/_npx/1/node_modules/.bin', 'bin'];
    expect(find({ path })).toBe('multiagent');
    expect(find({ path, environment: { npm_lifecycle_event: 'npx' } })).toBe(`node ${script}`);
  });

  test('the whole path of a node that a shell does not find, quoted where a shell would split it', () => {
    const { base, script } = machine();
    const node = join(base, 'my node/node');
    const found = findOwnCommand({ folder: base, root: join(base, 'lib'), script, node, environment: { PATH: join(base, 'bin') } });
    expect(found).toBe(`'${node}' lib/dist/cli/multiagent.js`);
  });
});
