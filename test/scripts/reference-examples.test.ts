import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { WorkflowDefinitionInput } from '../../src/index.ts';
import { folderOf } from '../support/folder-of.ts';
import { teamOnFake } from '../support/team-on-fake.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleModule, givenTo, type ReferenceExample, referenceExamples } from './reference-examples.ts';

const library = pathToFileURL(join(import.meta.dirname, '../../src/index.ts')).href;
const requirement = 'A todo list in Python. A todo has a title. Todos can be added and listed.';

const approvedBuild: WorkflowDefinitionInput = {
  name: 'approved-build',
  steps: [
    { id: 'build', role: 'developer', task_type: 'implementation', expects: 'files' },
    { id: 'release', kind: 'approval', ask: 'May this go out?', depends_on: ['build'] },
  ],
};

/** What an example asks for: a team on a fake server, in a project that Git knows where it is about that. */
async function given(example: ReferenceExample) {
  const names = givenTo(example);
  if (!names.includes('orchestrator')) return { folder: temporaryFolder() };
  const workspace = folderOf({ 'notes.md': '# Notes\n' });
  if (example.code.includes('Worktree')) beginRepository(workspace);
  const settings = { workspace, output_directory: join(workspace, 'output'), sandbox: 'off' } as const;
  const { orchestrator, engine } = await teamOnFake({ settings, orchestrator: { workspace } });
  const runOf = async (workflow: string) => (await engine.executeWorkflow(workflow, requirement)).workflow_id;
  engine.registerWorkflow(approvedBuild);
  return {
    orchestrator,
    requirement,
    folder: temporaryFolder(),
    run: names.includes('run') ? await runOf('bug_fix') : '',
    waitingRun: names.includes('waitingRun') ? await runOf('approved-build') : '',
  };
}

function beginRepository(folder: string): void {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder });
  git('init', '--quiet');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Notes');
}

type Example = (given: unknown, tell: (line: number, ...values: unknown[]) => void) => Promise<void>;

/** What an example prints in lines that say what that is, and what they say. */
async function printed(example: ReferenceExample): Promise<{ line: string; prints: string[] }[]> {
  const lines = exampleModule(example, library).split('\n');
  const said = lines.map((line) => /console\.log\(.*\); \/\/ (.+)$/.exec(line)?.[1]);
  const code = lines
    .map((line, index) => line.replace('console.log(', `tell(${index}, `))
    .join('\n')
    .replace('}): Promise<void> {', '}, tell): Promise<void> {');
  const file = join(temporaryFolder(), `${example.name}.ts`);
  writeFileSync(file, code);
  const module = (await import(pathToFileURL(file).href)) as { example: Example };
  const told = new Map<number, string[]>();
  await module.example(await given(example), (line, ...values) => {
    told.set(line, [...(told.get(line) ?? []), format(...values)]);
  });
  return said.flatMap((line, index) => (line === undefined ? [] : [{ line, prints: [...new Set(told.get(index))] }]));
}

describe('the examples of the reference', () => {
  it.each(referenceExamples())('run, and print what they say: $name', async (example) => {
    for (const { line, prints } of await printed(example)) expect(prints).toEqual([line]);
  });

  it('say what they print, most of them', () => {
    const examples = referenceExamples();
    expect(examples.filter(({ code }) => /console\.log\(.*\); \/\/ /.test(code)).length).toBeGreaterThan(examples.length / 2);
  });
});
