import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const repository = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  steps: { uses?: string; run?: string }[];
}

interface Workflow {
  on: { push?: { branches?: string[]; tags?: string[] } };
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const files = globSync('.github/workflows/*', { cwd: repository }).toSorted();
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe.each(files)('%s', (file) => {
  const workflow = parse(read(file), { uniqueKeys: true }) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => run?.split('\n') ?? []);

  it('runs only scripts that there are', () => {
    expect(commands.length).toBeGreaterThan(0);
    const named = commands.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
    const own = commands.flatMap((command) => /^\.\S+/.exec(command)?.[0] ?? []);
    expect(own).toContain('.ci/run');
    for (const script of own) accessSync(join(repository, script), constants.X_OK);
  });

  it('uses what others wrote by its hash, which nobody can change', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((one) => !/@[0-9a-f]{40}$/.test(one))).toEqual([]);
  });

  it('may read the repository and nothing else, ends in time, and puts nothing that others name into a command', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(120);
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });
});

it('only the publication of a tag may say who it is, and it checks the tag before it does anything that takes long', () => {
  expect(files).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml']);
  const [ci, release] = files.map((file) => parse(read(file)) as Workflow);
  expect(JSON.stringify(ci)).not.toContain('id-token');
  expect(release?.on).toEqual({ push: { tags: ['v*'] } });
  expect(release?.jobs['publish']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  const runs = release?.jobs['publish']?.steps.flatMap(({ run }) => run ?? []) ?? [];
  expect(runs).toEqual([
    'npm ci --ignore-scripts',
    'npm run check:versions -- "$GITHUB_REF_NAME"',
    '.ci/run',
    'npm publish --provenance --access public',
  ]);
  expect(scripts['check']).toContain('npm run check:versions');
});
