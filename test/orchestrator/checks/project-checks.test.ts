import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedSince } from '../../../src/orchestrator/checks/changed-since.ts';
import { seenFiles } from '../../../src/orchestrator/checks/seen-files.ts';
import { proofOfRun } from '../../../src/orchestrator/proof/proof-of-run.ts';
import { roundOf } from '../../../src/orchestrator/repair/round-of.ts';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';
import { projectRun } from './project-run.ts';

const sources = { 'lib/a.py': 'one = 1\n', 'lib/b.py': 'two = 2\n', 'README.md': '# It\n' };

describe.skipIf(noSandbox !== undefined)(`a check of what was written on a project that is there${skipNote}`, () => {
  it('sees the whole project, what the run wrote over it, and nothing that the run removed', async () => {
    const run = projectRun({ project: sources, shown: ['lib/b.py'], command: 'cat lib/a.py README.md; ls lib' });
    run.write('lib/c.py', 'three = 3\n');
    run.write('lib/a.py', 'one = "new"\n');
    run.remove('lib/b.py');
    const [check] = await run.check();
    expect(check).toMatchObject({ outcome: 'passed', output: 'one = "new"\n# It\na.py\nc.py\n', project: [] });
  });

  it('sees packages that Git ignores, beside each file that asks for some, and a part of the project as it is in the copy', async () => {
    const run = projectRun({
      project: { 'package.json': '{}', 'packages/own/package.json': '{}', 'packages/own/index.js': 'module.exports = "old"\n' },
      ignored: {
        'node_modules/other/index.js': 'module.exports = "other"\n',
        'packages/own/node_modules/inner/index.js': 'module.exports = "inner"\n',
      },
      command: `node -p 'require("other") + require("own") + require("./packages/own")'; echo x > node_modules/other/index.js || echo kept`,
    });
    symlinkSync('../packages/own', join(run.workspace, 'node_modules', 'own'));
    run.write('packages/own/index.js', 'module.exports = " and " + require("inner") + " "\n');
    const [check] = await run.check();
    expect(check?.output).toContain('other and inner  and inner ');
    expect(check?.output).toContain('kept');
  });

  it('sees no file that holds keys, none that a link leads to, and none outside, whatever the list says', async () => {
    const outside = { '../outside.txt': 'outside' };
    const run = projectRun({ project: { 'a.py': '1\n', '.env': 'KEY=1\n', ...outside }, command: 'ls -A . ..; cat .env a.py link.txt' });
    run.put('secret.txt', 'secret');
    run.write('b.py', '2\n');
    rmSync(join(run.workspace, 'a.py'));
    symlinkSync(join(run.workspace, 'secret.txt'), join(run.workspace, 'a.py'));
    const [check] = await run.check();
    expect(check?.output).not.toMatch(/KEY|secret$|outside/m);
    expect(check?.output).toContain('b.py');
  });

  it('is what the recipes find in the project, and is not done twice on the same files', async () => {
    const test =
      'import unittest\nfrom lib.a import one\n\n\nclass T(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(one, 1)\n';
    const run = projectRun({ project: { ...sources, 'test_a.py': test } });
    run.write('lib/c.py', 'three = 3\n');
    expect(await run.check()).toMatchObject([{ verification: { verdict: 'passed', counts: { passed: 1, failed: 0 } } }]);
    expect(await run.check()).toHaveLength(1);
    run.put('lib/b.py', 'two = "mine"\n');
    expect(await run.check()).toHaveLength(2);
  });

  it('does not speak for a project that has changed since, and names what has', async () => {
    const run = projectRun({ project: sources, command: 'true' });
    run.write('lib/c.py', 'three = 3\n');
    const [check] = await run.check();
    const looked = async () => seenFiles(run.state(), run.folder, await run.source.changed(run.state()));
    expect(changedSince(run.state(), check!, await looked())).toEqual([]);
    run.put('README.md', '# Documents say nothing of programs\n');
    expect(changedSince(run.state(), check!, await looked())).toEqual([]);
    run.put('lib/a.py', 'one = "mine"\n');
    expect(changedSince(run.state(), check!, await looked())).toEqual(['lib/a.py']);
    expect(proofOfRun(run.state(), await looked()).outcome).toBe('unchecked');
    run.put('lib/a.py', undefined);
    expect(changedSince(run.state(), check!, await looked())).toEqual(['lib/a.py']);
    run.put('lib/a.py', sources['lib/a.py']);
    expect(changedSince(run.state(), check!, await looked())).toEqual([]);
    // What the run brings into the project itself is the same file.
    run.put('lib/c.py', 'three = 3\n');
    expect(proofOfRun(run.state(), await looked()).outcome).toBe('passed');
  });

  it('that failed before the run, too, is said to, and nobody is asked to mend it', async () => {
    const run = projectRun({ project: sources, command: 'test -e lib/gone.py || { echo "AssertionError: gone"; exit 1; }' });
    run.write('lib/c.py', 'three = 3\n');
    const [check] = await run.check();
    expect(check?.verification).toMatchObject({ verdict: 'failed', before: { verdict: 'failed' } });
    expect(roundOf(run.state()).told).toBeUndefined();
    const { outcome, sentences } = proofOfRun(run.state());
    expect(outcome).toBe('unchecked');
    expect(sentences[0]).toContain('fails with exit code 1, as before the run (fresh).');
    run.write('lib/d.py', 'four = 4\n');
    const again = (await run.check()).at(-1);
    expect(again?.verification?.before).toEqual(check?.verification?.before);
  });

  it('names the tests that fail for the first time, where others failed before', async () => {
    const test = (name: string, value: string) =>
      `import unittest\nfrom lib.a import one\n\n\nclass T(unittest.TestCase):\n    def test_${name}(self):\n        self.assertEqual(one, ${value})\n`;
    const run = projectRun({ project: { ...sources, 'test_old.py': test('old', '7'), 'test_true.py': test('true', '1') } });
    run.write('lib/a.py', 'one = 2\n');
    const [check] = await run.check();
    expect(check?.verification).toMatchObject({ verdict: 'failed', counts: { failed: 2 } });
    expect(check?.verification?.why).toContain('test_true');
    expect(check?.verification?.why).not.toContain('test_old');
    expect(proofOfRun(run.state()).outcome).toBe('failed');
    expect(proofOfRun(run.state()).sentences[0]).toContain('2 of 2 tests fail, 1 of them as before the run (fresh).');
    expect(roundOf(run.state()).told?.failure).toContain('test_true');
  });

  it('that passed before the run is the fault of the run', async () => {
    const run = projectRun({ project: sources, command: 'grep -q 1 lib/a.py' });
    run.write('lib/a.py', 'one = 2\n');
    const [check] = await run.check();
    expect(check?.verification).toMatchObject({ verdict: 'failed', before: { verdict: 'passed' } });
    expect(proofOfRun(run.state()).outcome).toBe('failed');
    expect(roundOf(run.state()).round).toMatchObject({ kind: 'failed' });
  });
});
