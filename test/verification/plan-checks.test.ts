import { describe, expect, it } from 'vitest';
import { planChecks } from '../../src/verification/plan-checks.ts';
import { checkedFiles } from './recording.ts';

const cases = 'import unittest\n\nclass TestIt(unittest.TestCase):\n    def test_it(self):\n        pass\n';
const functions = 'def test_it():\n    assert True\n';
const nodeTests = "import test from 'node:test';\ntest('it', () => {});\n";
const blocks = "describe('it', () => {\n  it('works', () => expect(1).toBe(1));\n});\n";

async function commandsFor(files: Record<string, string>): Promise<string[]> {
  return (await planChecks(checkedFiles(files))).map(({ recipe, command }) => `${recipe}: ${command}`);
}

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('which checks there are', () => {
  it.each<[string, Record<string, string>, (string | RegExp)[]]>([
    ['nothing to run', { 'README.md': '# Tests\n', 'calc.py': 'def add(a, b):\n    return a + b\n', 'index.html': '<p>' }, []],
    ['no files', {}, []],
    ['cases of unittest', { 'test_a.py': cases }, ['unittest: python3 -u -B -m unittest -v test_a']],
    ['cases in a file of any name', { 'checks.py': cases }, ['unittest: python3 -u -B -m unittest -v checks']],
    [
      'cases of a base class elsewhere',
      { 'test_a.py': 'import unittest\nfrom base import Base\n\nclass A(Base):\n    def test_it(self): ...\n' },
      ['unittest: python3 -u -B -m unittest -v test_a'],
    ],
    [
      'asynchronous cases',
      {
        'test_a.py': 'from unittest import IsolatedAsyncioTestCase\nclass A(IsolatedAsyncioTestCase):\n    async def test_it(self): ...\n',
      },
      ['unittest: python3 -u -B -m unittest -v test_a'],
    ],
    [
      'cases in a package',
      { 'app/__init__.py': '', 'app/tests/__init__.py': '', 'app/tests/test_a.py': cases },
      ['unittest: python3 -u -B -m unittest -v app.tests.test_a'],
    ],
    [
      'cases of an installed source folder',
      { 'pyproject.toml': '', 'src/calc.py': '', 'tests/test_a.py': cases },
      ['unittest: PYTHONPATH="$PWD"/tests:"$PWD"/src python3 -u -B -m unittest -v test_a'],
    ],
    ['cases with a name that Python cannot import', { 'calc.test.py': cases }, [/^pytest: .* calc\.test\.py$/]],
    ['functions', { 'tests/test_a.py': functions }, [/^pytest: .* tests\/test_a\.py$/]],
    ['functions beside cases', { 'test_a.py': cases + functions }, [/^pytest: .* test_a\.py$/]],
    ['a function of the program that is called like a test', { 'network.py': 'def test_connection(): ...\n' }, []],
    ['fixtures only', { 'conftest.py': 'import pytest\n' }, []],
    [
      'both kinds',
      { 'test_a.py': cases, 'test_b.py': functions },
      ['unittest: python3 -u -B -m unittest -v test_a', /^pytest: .* test_b\.py$/],
    ],
    ['assertions of Python', { 'test.py': 'assert 1 == 1\n' }, ['python script: python3 -B test.py']],
    ['prints of Python', { 'test.py': 'print(1 == 1)\n' }, []],
    ['tests of Node', { 'a.test.mjs': nodeTests, 'checks.ts': nodeTests }, [/^node --test: node --test .* a\.test\.mjs checks\.ts$/]],
    ['assertions of Node', { 'test/a.js': "const assert = require('node:assert');\nassert(true);\n" }, ['node script: node test/a.js']],
    ['assertions that only print', { 'test/a.js': 'console.assert(1 === 2);\n' }, []],
    ['blocks without a runner', { 'a.test.js': blocks }, [/^jest: CI=1 npx --no --offline jest /]],
    ['blocks where Vitest is a package', { 'package.json': '{"devDependencies":{"vitest":"1"}}', 'a.test.js': blocks }, [/^vitest: /]],
    [
      'blocks where Jest is started',
      { 'web/package.json': '{"scripts":{"test":"jest --coverage"}}', 'web/a.test.js': blocks },
      [/^jest: cd web && /],
    ],
    ['blocks of a runner that is not known here', { 'package.json': '{"scripts":{"test":"mocha"}}', 'a.test.js': blocks }, []],
    [
      'blocks that are asserted',
      { 'a.test.js': "const assert = require('assert');\ndescribe('a', () => { it('b', () => assert(true)); });\n" },
      [/^node --test: /],
    ],
    ['blocks without any import', { 'a.test.js': "test('a', () => { assert.equal(1, 1); });\n" }, [/^node --test: /]],
    ['package.json that is none', { 'package.json': '[null', 'a.test.js': blocks }, [/^jest: /]],
    ['package.json of another shape', { 'package.json': '{"devDependencies":3,"scripts":[]}', 'a.test.js': blocks }, [/^jest: /]],
    [
      'types with settings',
      { 'app/tsconfig.json': '{}', 'app/a.ts': '' },
      ['typescript types: cd app && npx --no --offline tsc --noEmit --pretty false'],
    ],
    ['TypeScript without anything', { 'a.ts': '' }, []],
    [
      'a Go module in a folder',
      { 'app/go.mod': 'module app', 'app/a.go': '', 'app/b/b_test.go': '' },
      [/^go test: cd app && .* go test -json \.\/\.\.\. > \.multiagent-go\.json$/],
    ],
    [
      'two folders of Go without a module',
      { 'a/a.go': '', 'b/b.go': '' },
      [/^go vet: cd a && .* go vet a\.go$/, /^go vet: cd b && .* go vet b\.go$/],
    ],
    ['a package of Rust', { 'Cargo.toml': '', 'src/main.rs': 'fn main() {}' }, [/^cargo: .*cargo check /]],
    ['an asynchronous test of Rust', { 'Cargo.toml': '', 'src/lib.rs': '#[tokio::test]\nasync fn a() {}' }, [/^cargo: .*cargo test /]],
    ['Maven without tests', { 'pom.xml': '', 'src/main/java/A.java': '' }, ['maven: mvn -o -B -q test-compile']],
    ['Gradle', { 'build.gradle': '', 'A.java': '' }, []],
    [
      'shell programs',
      { 'a.sh': '#!/bin/sh\n', 'b.sh': 'x=(1)\n', 'c.bash': '', run: '#!/usr/bin/env bash\n', z: '#!/bin/zsh\n', LICENSE: 'MIT' },
      ['shell syntax: sh -n a.sh && bash -n b.sh && bash -n c.bash && bash -n run'],
    ],
    [
      'what was installed or built',
      { 'node_modules/a/a.test.js': nodeTests, '.venv/lib/test_a.py': cases, 'target/a.sh': '', 'vendor/x/go.mod': '' },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    const commands = await commandsFor(files);
    expect(commands).toEqual(expected.map((one) => (typeof one === 'string' ? one : matching(one))));
  });

  it('come cheapest first', async () => {
    const checks = await planChecks(
      checkedFiles({ 'a.test.ts': nodeTests, 'tsconfig.json': '{}', 'run.sh': '', 'main.go': '', 'test_a.py': functions }),
    );
    expect(checks.map(({ kind }) => kind)).toEqual(['syntax', 'types', 'build', 'tests', 'tests']);
  });

  it.each(["it's; rm -rf $HOME `id`.sh", '$(id).sh', '-c.sh', 'a\nb.sh', '--version.sh'])(
    'hand over %j as a name and nothing else',
    async (path) => {
      const [check] = await planChecks(checkedFiles({ [path]: '' }));
      const quoted = path.startsWith('-') ? `./${path}` : `'${path.replaceAll("'", String.raw`'\''`)}'`;
      expect(check?.command).toBe(`bash -n ${quoted}`);
    },
  );

  it('do away with results that the files bring along', async () => {
    const [check] = await planChecks(checkedFiles({ 'test_a.py': functions, '.multiagent-pytest.xml': '<testsuite/>' }));
    expect(check?.command).toMatch(/^rm -f \.multiagent-pytest\.xml; python3 /);
  });

  it('read each file once, and none that is not asked for', async () => {
    const read: string[] = [];
    const paths = ['package.json', 'a.test.js', 'b.test.js', 'photo.png', 'README.md'];
    await planChecks({ paths, read: async (path) => (read.push(path), blocks) });
    expect(read.toSorted()).toEqual(['a.test.js', 'b.test.js', 'package.json']);
  });
});
