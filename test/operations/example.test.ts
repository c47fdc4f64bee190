import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const repository = join(import.meta.dirname, '..', '..');

it('a program starts, watches, looks at and applies a run by operations alone: the example, on a llama-server', async () => {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  const workspace = temporaryFolder();
  const program = readFileSync(join(repository, 'examples', 'library', '12-full-control.ts'), 'utf8')
    .replace("'@multiagent-team/multiagent'", `'${pathToFileURL(join(repository, 'src', 'index.ts')).href}'`)
    .replace("engine: 'embedded'", `llm_base_url: '${server.address}', max_concurrent_agents: 1`);
  const file = join(workspace, 'program.mts');
  writeFileSync(file, program);
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: workspace });
  const lines = stdout.trimEnd().split('\n');
  const [done, rest] = [lines.filter((line) => line.startsWith('done: ')), lines.filter((line) => !line.startsWith('done: '))];
  expect(done.at(0)).toBe('done: requirements_analysis');
  expect(rest[0]).toBe('completed: it is the newest');
  const written = rest.flatMap((line) => /^\w+ wrote (.+)$/.exec(line)?.[1] ?? []);
  const applied = rest.flatMap((line) => /^new: (.+)$/.exec(line)?.[1] ?? []);
  expect(applied.length).toBeGreaterThan(1);
  // The replies of text steps are about the project, and not of it.
  expect([...new Set(written)].filter((path) => !/^\d\d-\w+\.md$/.test(path)).toSorted()).toEqual(applied.toSorted());
  expect(rest.at(-1)).toBe(`taken back: ${applied.length} of ${applied.length} files`);
});
