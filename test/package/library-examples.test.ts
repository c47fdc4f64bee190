import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRepository, repository, temporaryFolder } from './copy-repository.ts';
import { mustRun, runCommand } from './run-command.ts';

let folder: string;
let copy: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  copy = join(folder, 'repository');
  await copyRepository(copy);
  await mustRun(execPath, ['scripts/build.ts'], copy);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What each of them prints at least, and the files that its run leaves. */
const examples = [
  {
    name: '01-minimal.ts',
    prints: [/^completed: \d{8}-/, /^implementation \(developer\): src\/\w+\.py$/m, /^documentation \(technical_writer\): README\.md$/m],
    files: ['01-requirements_analysis.md', 'README.md', 'src', 'tests'],
  },
  {
    name: '02-progress.ts',
    prints: [/^bug_fix: dev_001 begins$/m, /^ {2}created src\/\w+\.py \(\d+ bytes\)$/m, /^ {2}tokens: \d+ read, [1-9]\d* from the cache/m],
    files: ['01-bug_analysis.md', 'CHANGELOG.md', 'src', 'tests'],
  },
  { name: '03-own-agent.ts', prints: [/^completed \[ 'src\/\w+\.py' \]$/m], files: ['src'] },
  {
    name: '04-own-workflow.ts',
    prints: [/^build: completed in [\d.]+ s\ntest: completed in [\d.]+ s\nreview: completed in [\d.]+ s$/m],
    files: ['03-security_review.md', 'src', 'tests'],
  },
  {
    name: '05-own-step-kind.ts',
    prints: [
      /^each: completed\neach\/1\/count: completed\neach\/1\/pause: skipped\neach\/2\/count: completed\neach\/2\/pause: completed\n$/,
    ],
    // None of its steps writes a file.
    files: [],
    folder: 'output',
  },
  {
    name: '06-own-format.ts',
    prints: [/^created src\/greet\.py, found by save-to\n/, /^refused \.\.\/evil\.py: .*'\.\.'/m],
    files: ['src'],
    folder: 'output/from-a-reply',
  },
  { name: '07-own-provider.ts', prints: [/^completed \[ 'src\/greet\.py' \]$/m], files: ['src'] },
  { name: '08-own-tool.ts', prints: [/^completed\n$/], files: ['01-counting.md'] },
  {
    name: '09-own-store.ts',
    prints: [/^completed: 1 run in the journal$/m],
    files: ['.multiagent', 'events.jsonl', 'output'],
    folder: '.',
  },
  {
    name: '10-several-runs.ts',
    prints: [
      /^3 runs, 2 at once$/m,
      ...['bookmark', 'recipe', 'invoice'].map((thing) => new RegExp(`^${thing}: completed, \\d+ tokens`, 'm')),
    ],
    files: ['01-bug_analysis.md', 'CHANGELOG.md', 'src', 'tests'],
  },
  {
    name: '11-approvals.ts',
    prints: [/^waiting\nrelease: May this go out\? \[ 'src\/\w+\.py' \]\napproved by release-bot\ncompleted\n$/],
    files: ['src', 'tests'],
  },
  {
    name: '12-full-control.ts',
    prints: [/^done: documentation\ncompleted: it is the newest\n/m, /^new: README\.md$/m, /^taken back: (\d+) of \1 files$/m],
    files: ['01-requirements_analysis.md', 'README.md', 'src', 'tests'],
  },
  {
    name: '13-session.ts',
    prints: [/^turn_1: completed \[.*\]\nturn_2: completed \[ ('[^']+').* \]\ntaken back: \[ \1.* \] true\nturn_2: completed /],
    files: ['generated'],
    folder: 'output',
  },
  {
    name: '14-http-handler.ts',
    prints: [/^task\.completed \{"task":"bug_fix"/m, /^run\.finished \{"status":"completed".*\nended "completed"\n$/m],
    files: ['01-bug_analysis.md', 'CHANGELOG.md', 'src', 'tests'],
  },
  {
    name: '15-follow-another-process.ts',
    prints: [/^process \d+: bug_analysis\nprocess \d+: bug_fix\n(?:process \d+: \w+\n){2}completed\n$/],
    files: ['01-bug_analysis.md', 'CHANGELOG.md', 'src', 'tests'],
  },
];

describe('the library examples', () => {
  it('are all tried here, and none has 40 lines', async () => {
    const names = (await readdir(join(repository, 'examples/library'))).sort();
    expect(names).toEqual(examples.map(({ name }) => name).sort());
    const contents = await Promise.all(names.map((name) => readFile(join(repository, 'examples/library', name), 'utf8')));
    expect(names.filter((_, index) => (contents[index]?.match(/\n/g)?.length ?? 0) >= 40)).toEqual([]);
  });

  it('hold, with the program of the README, against the types of the built package, as strictly as the program itself', async () => {
    const settings = {
      extends: './tsconfig.json',
      compilerOptions: { rootDir: '.', incremental: false, tsBuildInfoFile: null },
      include: ['examples/library'],
    };
    await writeFile(join(copy, 'tsconfig.examples.json'), JSON.stringify(settings));
    const [, program = ''] = /```ts\n([^]+?)```/.exec(await readFile(join(copy, 'README.md'), 'utf8')) ?? [];
    expect(program).toContain("from '@multiagent-team/multiagent'");
    await writeFile(join(copy, 'examples/library/of-the-readme.ts'), program);
    const compiler = join(copy, 'node_modules/typescript/bin/tsc');
    expect(await runCommand(execPath, [compiler, '-p', 'tsconfig.examples.json'], copy)).toMatchObject({ code: 0, stdout: '' });
  });

  it.each(examples)(
    '$name runs as it stands, and its files are there',
    async ({ name, prints, files, folder: written = 'output/generated/latest' }) => {
      const workspace = join(folder, name);
      await mkdir(workspace);
      const { code, stdout, stderr } = await runCommand(execPath, [join(copy, 'examples/library', name)], workspace);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const expected of prints) expect(stdout).toMatch(expected);
      expect(await readdir(join(workspace, written))).toEqual(expect.arrayContaining(files));
    },
  );
});
