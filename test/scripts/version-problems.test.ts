import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { versionProblems, type VersionTexts } from '../../scripts/version-problems.ts';

const texts = (change: Partial<Record<'package' | 'lockfile' | 'own' | 'unreleased' | 'released', string>> = {}): VersionTexts => {
  const {
    package: version = '0.2.0',
    lockfile = '0.2.0',
    own = '0.2.0',
    unreleased = '',
    released = '## 0.2.0\n\n- It begins.\n',
  } = change;
  return {
    package: JSON.stringify({ version }),
    lockfile: JSON.stringify({ version: lockfile, packages: { '': { version: own }, 'node_modules/zod': { version: '4.0.0' } } }),
    changelog: `# Changelog\n\n## Unreleased\n${unreleased}\n${released}`,
  };
};

it('there is none where all agree, also while changes wait for the next release', () => {
  expect(versionProblems(texts())).toEqual([]);
  expect(versionProblems(texts({ unreleased: '\n- A change.\n' }))).toEqual([]);
  expect(versionProblems(texts(), 'v0.2.0')).toEqual([]);
});

it.each([
  ['another version in the lockfile', texts({ lockfile: '0.1.0' }), undefined, /package-lock\.json has the version 0\.1\.0/],
  ['another version of the root in the lockfile', texts({ own: '0.1.0' }), undefined, /and 0\.1\.0, package\.json 0\.2\.0/],
  ['an older newest release', texts({ released: '## 0.1.9 (2026-01-02)\n' }), undefined, /newest release in CHANGELOG\.md is 0\.1\.9/],
  ['no release', texts({ released: '' }), undefined, /newest release in CHANGELOG\.md is none/],
  ['a changelog of another form', { ...texts(), changelog: '# News\n' }, undefined, /does not begin with/],
  ['a version of another form', texts({ package: '0.2', lockfile: '0.2', own: '0.2', released: '## 0.2\n' }), undefined, /not of the form/],
  ['a tag of another version', texts(), 'v0.3.0', /The tag v0\.3\.0 is not v0\.2\.0/],
  ['a tag while changes are unreleased', texts({ unreleased: '\n- A change.\n' }), 'v0.2.0', /stand under Unreleased/],
])('%s is one problem', (_, given, tag, problem) => {
  expect(versionProblems(given, tag)).toEqual([expect.stringMatching(problem)]);
});

it('there is none in this repository', () => {
  const read = (name: string) => readFileSync(join(import.meta.dirname, '../..', name), 'utf8');
  expect(versionProblems({ package: read('package.json'), lockfile: read('package-lock.json'), changelog: read('CHANGELOG.md') })).toEqual(
    [],
  );
});
