import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tasksFolder } from '../../../eval/src/folders.ts';
import { loadTasks } from '../../../eval/src/tasks/load-tasks.ts';
import { readProjectFiles } from '../../../src/cli/read-project-files.ts';
import { chooseFiles } from '../../../src/project/choosing/choose-files.ts';
import { projectBudget } from '../../../src/project/project-budget.ts';
import { readProject } from '../../../src/project/read-project.ts';
import { renderFiles } from '../../../src/llm/transcript.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const tasks = loadTasks(tasksFolder).filter(({ project }) => project.length > 0);

it('has tasks with a project', () => {
  expect(tasks.length).toBeGreaterThan(10);
});

// The team's figures were measured with each file named by itself. They hold for projects that are chosen as a whole only if the prompt is the same.
it.each(tasks.map((task) => [task.name, task] as const))(
  '%s: its project chosen by pattern is the same bytes as file by file',
  async (_name, { project, requirement }) => {
    const workspace = temporaryFolder();
    for (const { path, content } of project) {
      mkdirSync(dirname(join(workspace, path)), { recursive: true });
      writeFileSync(join(workspace, path), content);
    }
    const named = await readProjectFiles({ workspace, file: project.map(({ path }) => join(workspace, path)) });
    const known = await readProject({
      chosen: await chooseFiles({ root: workspace, globs: ['**/*'] }),
      guidance: 'told',
      requirement,
      given: [],
      budget: projectBudget({ contextTokens: 16_384 }),
    });
    expect(renderFiles(known?.files ?? [])).toBe(renderFiles(named.files));
    expect(known).toMatchObject({ standing: '', relevant: '', leftOut: [] });
  },
);
