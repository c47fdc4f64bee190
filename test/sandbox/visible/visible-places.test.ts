import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, visiblePlaces } from '../../../src/sandbox/visible/visible-places.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A person's files; a text that begins with -> is a link. */
function person(files: Record<string, string>) {
  const root = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content.startsWith('->')) symlinkSync(join(root, content.slice(2)), file);
    else writeFileSync(file, content);
  }
  const home = join(root, 'home');
  mkdirSync(home, { recursive: true });
  const look = (path: string[], environment: Record<string, string> = {}, hidden: string[] = []) => {
    const variables = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, join(root, value)]));
    const places = visiblePlaces({
      environment: { PATH: path.map((entry) => join(root, entry)).join(':'), ...variables },
      home,
      system: ['/usr'],
      hidden: hidden.map((entry) => join(root, entry)),
    });
    const below = (place: string) => place.slice(root.length + 1);
    return {
      readable: places.readable.map(({ at }) => below(at)).sort(),
      masked: places.masked.map(({ path: place }) => below(place)).sort(),
    };
  };
  return { root, look };
}

describe('what a command may read of a person', () => {
  it.each<[string, Record<string, string>, string[], string[]]>([
    ['Node of nvm', { 'home/.nvm/versions/node/v24/bin/node': '' }, ['home/.nvm/versions/node/v24/bin'], ['home/.nvm/versions']],
    [
      'Node unpacked into the home',
      { 'home/node-v24/bin/node': '', 'home/node-v24/lib/a.js': '' },
      ['home/node-v24/bin'],
      ['home/node-v24'],
    ],
    [
      'a program that links to its toolchain',
      { 'home/apps/go/bin/go': '', 'home/bin/go': '->home/apps/go/bin/go' },
      ['home/bin'],
      ['home/apps/go', 'home/bin'],
    ],
    [
      'the packages around their programs',
      { 'project/node_modules/.bin/tsc': '' },
      ['project/node_modules/.bin'],
      ['project/node_modules'],
    ],
    [
      'a virtual environment and the Python that it rests on',
      { 'project/.venv/pyvenv.cfg': '', 'project/.venv/bin/python': '', 'home/python-3.13/bin/python3': '' },
      ['project/.venv/bin'],
      ['home/python-3.13', 'project/.venv'],
    ],
    [
      'what a version manager links to',
      { 'tools/env/shims/python': '', 'tools/env/versions/3.13/bin/python': '' },
      ['tools/env/shims'],
      ['tools/env'],
    ],
    [
      'Rust, without its settings',
      { 'home/.cargo/bin/cargo': '', 'home/.cargo/config.toml': '', 'home/.rustup/settings.toml': '' },
      ['home/.cargo/bin'],
      ['home/.cargo/bin', 'home/.rustup'],
    ],
    [
      'the repository of Maven, without its settings',
      { 'home/.m2/repository/a.jar': '', 'home/.m2/settings.xml': '' },
      [],
      ['home/.m2/repository'],
    ],
  ])('shows %s', (_, files, path, shown) => {
    const { root, look } = person(files);
    if (files['project/.venv/pyvenv.cfg'] !== undefined)
      writeFileSync(join(root, 'project/.venv/pyvenv.cfg'), `home = ${root}/home/python-3.13/bin\n`);
    expect(look(path).readable).toEqual(shown);
  });

  it.each<[string, Record<string, string>, string[], string[]]>([
    ['the home', { 'home/a': '' }, ['home'], []],
    ['the home by way of a program in its bin', { 'home/bin/node': '' }, ['home/bin'], ['home/bin']],
    ['the home by a link', { 'home/a': '', tools: '->home' }, ['tools'], []],
    [
      '.local as a whole',
      { 'home/.local/bin/python3': '', 'home/.local/share/keyrings/login': '' },
      ['home/.local/bin'],
      ['home/.local/bin'],
    ],
    ['what lies with settings', { 'home/.config/composer/bin/php': '' }, ['home/.config/composer/bin'], []],
    ['the project, which is hidden', { 'project/bin/node': '', 'project/.env': '' }, ['project/bin'], ['project/bin']],
    [
      'what a link of a project calls a toolchain',
      { 'project/.venv/pyvenv.cfg': '', 'project/.venv/bin/node': '->home/letters/bin/deploy', 'home/letters/bin/deploy': '' },
      ['project/.venv/bin'],
      ['project/.venv/bin'],
    ],
    ['a folder around the home', { 'home/a': '', 'bin/node': '' }, ['bin'], ['bin']],
  ])('never shows %s', (_, files, path, shown) => {
    expect(person(files).look(path, {}, ['project']).readable).toEqual(shown);
  });

  it('never shows what a virtual environment says that it rests on, where no Python is', () => {
    const { root, look } = person({ 'project/.venv/bin/python': '', 'home/letters/a.txt': '' });
    writeFileSync(join(root, 'project/.venv/pyvenv.cfg'), `home = ${root}/home/letters\n`);
    expect(look(['project/.venv/bin']).readable).toEqual(['project/.venv']);
  });

  it('reads nothing from relative and empty entries', () => {
    expect(visiblePlaces({ environment: { PATH: ':.:bin:' }, home: temporaryFolder(), system: [], hidden: [] })).toEqual({
      readable: [],
      masked: [],
    });
  });

  it('a variable that names the home as a toolchain shows nothing of it', () => {
    const { look } = person({ 'home/.ssh/id': '', 'home/bin/x': '' });
    for (const variable of ['JAVA_HOME', 'VIRTUAL_ENV', 'PYENV_ROOT', 'RUSTUP_HOME'])
      expect(look([], { [variable]: 'home' }).readable).toEqual([]);
  });

  it('masks keys at the top of a toolchain and in its etc, not the certificates of authorities', () => {
    const names = ['.npmrc', 'etc/npmrc', 'etc/pip.conf', 'a.pem', '.git/config', 'credentials.toml', 'cacert.pem', 'README.md'];
    const { look } = person({ 'opt/node/bin/node': '', ...Object.fromEntries(names.map((name) => [`opt/node/${name}`, ''])) });
    expect(look(['opt/node/bin']).masked).toEqual(
      ['.git', '.npmrc', 'a.pem', 'credentials.toml', 'etc/npmrc', 'etc/pip.conf'].map((name) => `opt/node/${name}`),
    );
  });

  it('masks where Go keeps what modules were fetched with', () => {
    const { look } = person({ 'home/go/pkg/mod/cache/vcs/a/config': '', 'home/go/pkg/mod/b/b.go': '' });
    expect(look([])).toEqual({ readable: ['home/go/pkg/mod'], masked: ['home/go/pkg/mod/cache/vcs'] });
  });

  it('whatever PATH and variables say: no folder is shown that holds the home, the project or keys', () => {
    const { root, look } = person({
      'home/.ssh/id': '',
      'home/.config/a': '',
      'home/b/bin/node': '',
      'project/src/bin/python3': '',
      'home/l': '->home',
    });
    const place = fc.constantFrom(
      '',
      '.',
      'home',
      'home/.ssh',
      'home/.config',
      'home/b',
      'home/b/bin',
      'home/l',
      'home/l/.ssh',
      'project',
      'project/src',
      'project/src/bin',
      '..',
    );
    const secrets = ['home/.ssh', 'home/.config', 'project', 'home'].map((name) => join(root, name));
    fc.assert(
      fc.property(fc.array(place, { maxLength: 4 }), place, (path, variable) => {
        const { readable } = look(path, { JAVA_HOME: variable, CARGO_HOME: variable, GOPATH: variable }, ['project']);
        for (const shown of readable) {
          const real = join(root, shown.replace(/^home\/l/, 'home'));
          expect(secrets.filter((secret) => contains(real, secret))).toEqual([]);
          expect([join(root, 'home/.ssh'), join(root, 'home/.config')].filter((secret) => contains(secret, real))).toEqual([]);
        }
      }),
    );
  });
});
