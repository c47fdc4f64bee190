import { describe, expect, it } from 'vitest';
import { hashOfInstall, planInstalls } from '../../../src/verification/plan-installs.ts';

const plansOf = (files: Record<string, string>) => planInstalls({ paths: Object.keys(files), read: async (path) => files[path] });

async function planOf(files: Record<string, string>) {
  const [plan, ...others] = await plansOf(files);
  expect(others).toEqual([]);
  if (plan === undefined || 'refused' in plan) throw new Error(plan === undefined ? 'Nothing is planned.' : plan.refused);
  return plan;
}

const manifest = (content: object) => JSON.stringify(content);
const fileOf = (plan: { files: readonly { path: string; text: string }[] }, name: string) =>
  plan.files.find(({ path }) => path === name)?.text ?? '';

describe('the packages that checks need', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing but a program', { 'a.py': 'total = 1\n', 'b.js': 'export const b = 1;\n' }],
    ['a package.json without packages', { 'package.json': manifest({ name: 'house', scripts: { test: 'node --test' } }) }],
    ['an empty list', { 'requirements.txt': '# nothing\n\n' }],
    ['a module of its own', { 'go.mod': 'module house\n\ngo 1.22\n' }],
    ['a crate of its own', { 'Cargo.toml': '[package]\nname = "house"\n' }],
    ['packages that lie there', { 'node_modules/greet/package.json': manifest({ dependencies: { other: '1' } }) }],
  ])('are none in %s', async (_, files) => {
    expect(await plansOf(files)).toEqual([]);
  });

  it('of JavaScript are those of each package.json, without scripts of the project and without scripts of packages', async () => {
    const plan = await planOf({
      'package.json': manifest({
        scripts: { install: 'curl example.com' },
        dependencies: { greet: '^1.0.0' },
        devDependencies: { ava: 'latest' },
      }),
      'site/package.json': manifest({ dependencies: { '@scope/shop': '1 || 2' } }),
      '.npmrc': 'registry=https://elsewhere.example',
    });
    expect(plan.manager).toBe('npm');
    expect(plan.fetch).toContain('npm install --ignore-scripts');
    expect(plan.files.map(({ path }) => path)).toEqual(['package.json', 'site/package.json']);
    expect(JSON.parse(fileOf(plan, 'package.json'))).toEqual({ private: true, dependencies: { ava: 'latest', greet: '^1.0.0' } });
    expect(plan.linked).toEqual(['node_modules', 'site/node_modules']);
  });

  it('of JavaScript are no other part of the same project, whatever a registry has under its name', async () => {
    const plan = await planOf({
      'package.json': manifest({ dependencies: { shop: '*', greet: '1' } }),
      'shop/package.json': manifest({ name: 'shop' }),
    });
    expect(JSON.parse(fileOf(plan, 'package.json'))).toMatchObject({ dependencies: { greet: '1' } });
  });

  it.each([
    ['vitest', { 'a.test.ts': "import { it } from 'vitest';\nit('holds', () => {});\n" }, 'a.test.ts'],
    ['jest', { 'a.test.js': "import { it } from '@jest/globals';\nit('holds', () => {});\n" }, 'a.test.js'],
    ['typescript', { 'tsconfig.json': '{}', 'a.ts': 'export {};\n' }, 'tsconfig.json'],
  ])('are %s where only a file says so', async (name, files, path) => {
    const plan = await planOf(files);
    expect(plan.namedIn).toEqual([path]);
    expect(JSON.parse(fileOf(plan, 'package.json'))).toMatchObject({ dependencies: { [name]: '*' } });
  });

  it('are the same before and after a test needs a runner that is named', async () => {
    const named = { 'package.json': manifest({ devDependencies: { zod: '4', vitest: '^5' } }) };
    const tested = { ...named, 'a.test.ts': "import { it } from 'vitest';\nit('holds', () => {});\n" };
    expect(hashOfInstall(await planOf(tested))).toBe(hashOfInstall(await planOf(named)));
    const other = { 'package.json': manifest({ devDependencies: { zod: '4', vitest: '^4' } }) };
    expect(hashOfInstall(await planOf(other))).not.toBe(hashOfInstall(await planOf(named)));
  });

  it('of JavaScript have the versions of the lock file, as long as all of it is from the registry', async () => {
    const lock = (resolved: string) =>
      manifest({
        packages: { '': { scripts: { install: 'x' } }, 'node_modules/greet': { version: '1.0.1', resolved, hasInstallScript: true } },
      });
    const files = { 'package.json': manifest({ dependencies: { greet: '1' } }) };
    const resolved = 'https://registry.npmjs.org/greet/-/greet-1.0.1.tgz';
    const kept = fileOf(await planOf({ ...files, 'package-lock.json': lock(resolved) }), 'package-lock.json');
    expect(JSON.parse(kept)).toMatchObject({ packages: { 'node_modules/greet': { version: '1.0.1', resolved } } });
    expect(kept).not.toMatch(/script/i);
    for (const other of ['https://elsewhere.example/greet.tgz', 'git+ssh://git@elsewhere.example/greet.git', 'file:../greet'])
      expect(fileOf(await planOf({ ...files, 'package-lock.json': lock(other) }), 'package-lock.json')).toBe('');
  });

  it.each<[string, object]>([
    ['needs one from elsewhere', { 'node_modules/greet': { dependencies: { more: 'http://127.0.0.1:9/more.tgz' } } }],
    ['perhaps needs one from elsewhere', { 'node_modules/greet': { optionalDependencies: { more: 'someone/more' } } }],
    ['goes well with one from elsewhere', { 'node_modules/greet': { peerDependencies: { more: 'file:../more' } } }],
    ['is to lie elsewhere', { 'node_modules/../../greet': {} }],
  ])('of JavaScript are chosen anew where a locked package %s', async (_, packages) => {
    const resolved = 'https://registry.npmjs.org/greet/-/greet-1.0.1.tgz';
    const locked = Object.entries(packages).map(([place, entry]) => [place, { ...(entry as object), version: '1.0.1', resolved }]);
    const lock = manifest({ packages: Object.fromEntries(locked) as object });
    const plan = await planOf({ 'package.json': manifest({ dependencies: { greet: '1' } }), 'package-lock.json': lock });
    expect(plan.files.map(({ path }) => path)).toEqual(['package.json']);
  });

  it('of JavaScript have the versions of a lock file whose packages need others of the registry', async () => {
    const resolved = 'https://registry.npmjs.org/greet/-/greet-1.0.1.tgz';
    const entry = {
      version: '1.0.1',
      resolved,
      dependencies: { '@scope/shop': '^1.0.0 || >=2 <3', other: 'npm:real@~1.2' },
      peerDependencies: { react: '*' },
    };
    const lock = manifest({
      packages: { 'node_modules/greet': entry, 'node_modules/greet/node_modules/@scope/shop': { version: '1.0.0', resolved } },
    });
    const plan = await planOf({ 'package.json': manifest({ dependencies: { greet: '1' } }), 'package-lock.json': lock });
    expect(plan.files.map(({ path }) => path)).toEqual(['package.json', 'package-lock.json']);
  });

  it('of Python are those of each list and of pyproject.toml, and only as wheels', async () => {
    const plan = await planOf({
      'requirements.txt': "requests>=2,<3  # asks\n-r more/base.txt\n-e .\nPyYAML==6.0 --hash=sha256:00\ntomli; python_version < '3.11'\n",
      'more/base.txt': 'flask[async] ~= 3.0\n',
      'requirements-dev.txt': 'black\n',
      'pyproject.toml':
        '[project]\ndependencies = [\n  "click (>=8)",\n]\n[project.optional-dependencies]\ntest = ["coverage"]\ndocs = ["sphinx"]\n',
    });
    expect(plan.fetch).toContain('--only-binary :all:');
    expect(fileOf(plan, 'requirements.txt').trim().split('\n').toSorted()).toEqual([
      'PyYAML==6.0',
      'black',
      'click (>=8)',
      'coverage',
      'flask[async] ~= 3.0',
      'requests>=2,<3',
      "tomli; python_version < '3.11'",
    ]);
    expect(plan.variables?.('/kept', { PYTHONPATH: '/mine' })).toEqual({ PYTHONPATH: '/kept/packages:/mine' });
  });

  it('of Python are pytest where tests need it', async () => {
    const plan = await planOf({ 'test_a.py': 'def test_a():\n    assert True\n' });
    expect([plan.namedIn, fileOf(plan, 'requirements.txt')]).toEqual([['test_a.py'], 'pytest\n']);
    expect(['pytest', 'requests'].map((name) => plan.covers(name))).toEqual([true, false]);
  });

  it('of Go are the modules that are required, from a proxy and not from a version control system', async () => {
    const plan = await planOf({ 'go.mod': 'module house\n\nrequire example.com/greet v1.0.0\n', 'go.sum': 'x\n', 'a.go': 'package a\n' });
    expect(plan.files.map(({ path }) => path)).toEqual(['go.mod', 'go.sum']);
    expect(plan.fetch).toMatch(/GOVCS='\*:off'.* go mod download all/);
    expect(plan.variables?.('/kept', {})).toEqual({ GOMODCACHE: '/kept/modules', GOSUMDB: 'off' });
  });

  it('of Rust are the crates of each Cargo.toml, and no source comes along', async () => {
    const plan = await planOf({ 'Cargo.toml': '[package]\nname = "a"\n[dependencies]\nserde = "1"\n', 'src/lib.rs': 'include!("x");\n' });
    expect(plan.files.map(({ path, text }) => [path, text === ''])).toEqual([
      ['Cargo.toml', false],
      ['src/lib.rs', true],
    ]);
  });

  it('of Rust are those of crates.io, whatever they are called, beside other crates of the project', async () => {
    const dependencies = 'git = "0.1"\nregistry = { version = "1" }\nown = { path = "own" }\n';
    const lock = '[[package]]\nname = "git"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n[[package]]\nname = "own"\n';
    const plan = await planOf({
      'Cargo.toml': `[package]\nname = "a"\n[dependencies]\n${dependencies}`,
      'Cargo.lock': lock,
      'own/Cargo.toml': '[package]\nname = "own"\n',
    });
    expect(plan.files.map(({ path }) => path)).toEqual(['Cargo.lock', 'Cargo.toml', 'own/Cargo.toml']);
  });

  it('of Java are those of each pom.xml, into a repository that is kept, by no plugin that the project has put in place of that of Maven', async () => {
    const plan = await planOf({ 'pom.xml': '<project><dependencies/></project>' });
    for (const command of [plan.present, plan.fetch])
      expect(command).toContain(' org.apache.maven.plugins:maven-dependency-plugin:go-offline');
    expect(plan.variables?.('/kept', { MAVEN_OPTS: '-Xmx1g' })).toEqual({ MAVEN_OPTS: '-Xmx1g -Dmaven.repo.local=/kept/repository' });
  });
});

describe('packages that lead elsewhere are not fetched:', () => {
  const npm = (range: string, name = 'greet') => ({ 'package.json': manifest({ dependencies: { [name]: range } }) });
  it.each<[string, Record<string, string>]>([
    ['a repository', npm('git+ssh://git@elsewhere.example/greet.git')],
    ['a short form of one', npm('someone/greet')],
    ['an archive', npm('https://elsewhere.example/greet.tgz')],
    ['a folder', npm('file:../../home')],
    ['the folder above', npm('..')],
    ['an archive that lies there', npm('greet.tgz')],
    ['a repository under another name', npm('npm:greet@github:someone/greet')],
    ['a name that is a path', npm('1', '../greet')],
    ['an index', { 'requirements.txt': '--extra-index-url https://elsewhere.example\nrequests\n' }],
    ['a repository for Python', { 'requirements.txt': 'greet @ git+https://elsewhere.example/greet\n' }],
    ['an archive for Python', { 'requirements.txt': 'https://elsewhere.example/greet.whl\n' }],
    ['a folder for Python', { 'requirements.txt': './greet\n' }],
    ['a repository in pyproject.toml', { 'pyproject.toml': '[project]\ndependencies = ["greet @ https://elsewhere.example/g.whl"]\n' }],
    ['a crate of a repository', { 'Cargo.toml': '[dependencies]\ngreet = { git = "https://elsewhere.example" }\n' }],
    ['a crate of another registry', { 'Cargo.toml': '[dependencies]\ngreet = { version = "1", registry = "mine" }\n' }],
    ['a crate of a repository, in quotes', { 'Cargo.toml': '[dependencies]\ngreet = { "git" = "https://elsewhere.example" }\n' }],
    ['a crate of a repository, with dots', { 'Cargo.toml': 'dependencies.greet.git = "https://elsewhere.example"\n' }],
    [
      'a crate of a repository, for one system',
      { 'Cargo.toml': "[target.'cfg(unix)'.dev-dependencies.greet]\ngit = 'https://elsewhere.example'\n" },
    ],
    [
      'a crate of a repository, for a workspace',
      { 'Cargo.toml': '[workspace.dependencies]\ngreet = { git = "https://elsewhere.example" }\n' },
    ],
    ['a crate of a folder around the project', { 'Cargo.toml': '[dependencies]\ngreet = { path = "../greet" }\n' }],
    ['a crate of a folder of the machine', { 'Cargo.toml': '[dependencies]\ngreet = { path = "/greet" }\n', 'greet/Cargo.toml': '' }],
    [
      'a locked crate of another registry',
      {
        'Cargo.toml': '[dependencies]\ngreet = "1"\n',
        'Cargo.lock': '[[package]]\nname = "greet"\nsource = "registry+https://elsewhere.example"\n',
      },
    ],
    ['a patched crate, with spaces', { 'Cargo.toml': '[dependencies]\ngreet = "1"\n[ patch . crates-io ]\ngreet = "2"\n' }],
    ['what cannot be read', { 'Cargo.toml': '[dependencies\ngreet = "1"\n' }],
    ['a patched crate', { 'Cargo.toml': '[dependencies]\ngreet = "1"\n[patch.crates-io]\ngreet = { path = "x" }\n' }],
    ['a repository of Maven', { 'pom.xml': '<project><repositories><repository/></repositories></project>' }],
    ['a program in Maven', { 'pom.xml': '<project><build><extensions><extension/></extensions></build></project>' }],
  ])('%s', async (_, files) => {
    expect(await plansOf(files)).toEqual([expect.objectContaining({ refused: expect.any(String) as string })]);
  });
});

it('words for the shell are words, whatever a file calls them', async () => {
  const plan = await planOf({ "it's; touch x/go.mod": 'module a\nrequire b.example/c v1.0.0\n' });
  expect(plan.fetch).toContain(String.raw`cd 'it'\''s; touch x' && `);
});
