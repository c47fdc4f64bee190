/**
 * The version in package.json, in package-lock.json and of the newest release in CHANGELOG.md must be the same; with a tag as the argument (v0.2.0), that of the
 * tag, too, and nothing may stand under Unreleased then.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { versionProblems } from './version-problems.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const texts = { package: read('package.json'), lockfile: read('package-lock.json'), changelog: read('CHANGELOG.md') };
for (const problem of versionProblems(texts, process.argv[2])) {
  console.error(problem);
  process.exitCode = 1;
}
