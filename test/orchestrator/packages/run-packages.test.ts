import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noSandbox, skipNote } from '../../support/sandbox-here.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { givesGreet, teamWithPackages } from './team-with-packages.ts';

const without = { settings: { sandbox: 'off', verify: 'auto' } } as const;

describe.skipIf(noSandbox !== undefined)(`packages that a person allows to fetch${skipNote}`, () => {
  it('are there for the tests, which can read them and change nothing of them', async () => {
    const planted = `
  const { writeFileSync, realpathSync } = require('node:fs');
  assert.throws(() => writeFileSync(realpathSync('node_modules/greet') + '/index.js', 'planted'), /EROFS|EACCES/);
  writeFileSync('node_modules/cache', 'what tools keep beside them');
`;
    const team = await teamWithPackages({ test: planted });
    const result = await team.fix();
    expect(result.verification).toEqual({ outcome: 'passed', sentences: ['1 of 1 test ran and passed (fresh).'] });
    expect(result.packages).toMatchObject([
      { manager: 'npm', named_in: ['package.json'], step: 'bug_fix', outcome: 'passed', sandbox: 'bubblewrap' },
    ]);
    for (const text of [team.plain(), team.told(result), team.summaryOf(result)])
      expect(text).toMatch(/The packages of package\.json were fetched with npm in \d\.\d s\./);
    expect(readdirSync(team.folderOf(result))).not.toContain('node_modules');
  });

  it('are fetched by a package manager that sees nothing of the project, no key and no home, but the network', async () => {
    const looks = 'echo "$TOKEN_OF_MINE|$(ls "$HOME")|$(cat "$WORKSPACE"/key 2>&1)|$(ls /proc/net/dev)|$(ls)"';
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, 'key'), 'a secret of the project');
    const team = await teamWithPackages({ npm: `${givesGreet}\n${looks}`, environment: { WORKSPACE: workspace }, settings: {} });
    const [install] = (await team.fix()).packages;
    expect(install?.output).toMatch(/^\|\|cat: .*key: No such file or directory\|\/proc\/net\/dev\|node_modules\npackage\.json\n$/);
  });

  it('are ended when their time is over: the tests are not run, and nothing is claimed', async () => {
    const team = await teamWithPackages({ npm: 'sleep 600', settings: { install_timeout: 0.3 } });
    const result = await team.fix();
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'unchecked' } });
    expect(result.packages.map(({ outcome }) => outcome)).toEqual(['timed_out']);
    expect(team.told(result)).toContain('(install_timeout)');
    expect(team.told(result)).toContain('the package greet is not on this machine, and it could not be fetched.');
  });
});

describe('packages that checks need', () => {
  it('are not fetched unless a person says so, who is told what to type', async () => {
    const team = await teamWithPackages({ settings: { ...without.settings, allow_install: false } });
    const result = await team.fix();
    expect(team.installs()).toEqual([]);
    expect(result.packages).toEqual([]);
    expect(result.verification).toEqual({
      outcome: 'unchecked',
      sentences: ['The tests were not run: the package greet is not on this machine; with --allow-install it is fetched.'],
    });
  });

  it('are fetched when the step that was told of is tried again with the permission, and its tests run then', async () => {
    const cacheFolder = temporaryFolder();
    const team = await teamWithPackages({ ...without, cacheFolder });
    Object.assign(team.orchestrator.settings, { allow_install: false });
    const first = await team.fix();
    expect(first.verification.outcome).toBe('unchecked');
    Object.assign(team.orchestrator.settings, { allow_install: true });
    const again = await team.orchestrator.retryRun(first.workflow_id, { task: 'regression_testing' });
    expect(again.verification.outcome).toBe('passed');
    expect(team.installs()).toHaveLength(1);
  });

  it('are fetched once: later steps, retries and other runs that name the same ones find them', async () => {
    const team = await teamWithPackages(without);
    const first = await team.fix();
    expect(first.verification.outcome).toBe('passed');
    await team.orchestrator.retryRun(first.workflow_id, { task: 'regression_testing' });
    expect(team.installs()).toEqual(['bug_fix/2']);
    const other = await teamWithPackages({ ...without, npm: 'exit 1', cacheFolder: team.cacheFolder });
    expect((await other.fix()).verification.outcome).toBe('passed');
    expect(other.installs()).toEqual([]);
  });

  it('are fetched anew where they are others', async () => {
    const team = await teamWithPackages(without);
    await team.fix();
    const other = await teamWithPackages({ ...without, packages: { greet: '^2.0.0' }, cacheFolder: team.cacheFolder });
    await other.fix();
    expect(other.installs()).toEqual(['bug_fix/2']);
    expect(readdirSync(join(team.cacheFolder, 'packages'))).toHaveLength(2);
  });

  it('are not fetched where they are there: those of the project count', async () => {
    const team = await teamWithPackages(without);
    mkdirSync(join(team.workspace, 'node_modules', 'greet'), { recursive: true });
    writeFileSync(join(team.workspace, 'node_modules', 'greet', 'package.json'), '{ "name": "greet" }');
    writeFileSync(join(team.workspace, 'node_modules', 'greet', 'index.js'), 'module.exports = (name) => "Hello, " + name;');
    const result = await team.fix();
    expect(result.verification.outcome).toBe('passed');
    expect(team.installs()).toEqual([]);
  });

  it.each<[string, Parameters<typeof teamWithPackages>[0], string]>([
    [
      'the package manager fails',
      { npm: 'echo npm error 404 greet; mkdir node_modules; exit 1' },
      'could not be fetched with npm: npm error 404 greet.',
    ],
    [
      'they come from elsewhere',
      { packages: { greet: 'git+https://elsewhere.example' } },
      "were not fetched: 'greet: git+https://elsewhere.example' is no package of a registry.",
    ],
    ['there is no place for them', { cacheFolder: import.meta.filename }, 'were not fetched: ENOTDIR'],
  ])('are told once in one sentence where %s, and nothing half is kept', async (_, options, sentence) => {
    const team = await teamWithPackages({ ...without, ...options });
    const result = await team.fix();
    expect(result).toMatchObject({ status: 'completed', verification: { outcome: 'unchecked' } });
    expect(team.told(result)).toContain(sentence);
    expect(result.packages).toHaveLength(1);
    expect(packagesIn(team.cacheFolder)).toEqual([]);
    // What has failed may be there the next time.
    await team.orchestrator.retryRun(result.workflow_id, { task: 'regression_testing' });
    expect(team.installs()).toHaveLength(2);
  });

  it('are none of those that no file names', async () => {
    const team = await teamWithPackages({ ...without, packages: { other: '1' }, npm: 'mkdir -p node_modules/other' });
    const result = await team.fix();
    expect(team.told(result)).toContain(
      'the package greet is not on this machine, and no file names it among the packages of the project.',
    );
  });

  it('are not promised where they would come from elsewhere', async () => {
    const packages = { greet: 'git+https://elsewhere.example' };
    const team = await teamWithPackages({ settings: { ...without.settings, allow_install: false }, packages });
    expect((await team.fix()).verification.sentences).toEqual([
      'The tests were not run: the package greet is not on this machine, and what the files name is not fetched, even with --allow-install.',
    ]);
  });

  it('are not fetched where nothing is run', async () => {
    const team = await teamWithPackages({ settings: { ...without.settings, verify: 'off' } });
    await team.fix();
    expect(team.installs()).toEqual([]);
  });
});

function packagesIn(folder: string): string[] {
  try {
    return readdirSync(join(folder, 'packages'));
  } catch {
    return [];
  }
}
