import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { listFiles } from './list-files.ts';
import type { Task } from './task.ts';
import { taskSchema } from './task-schema.ts';

/**
 * Every task under a folder `<family>/<name>/`, in order of their ids.
 * @throws MultiagentError `eval.task_invalid` with all that is wrong with the first task that is not as it has to be.
 */
export function loadTasks(folder: string): Task[] {
  return subfolders(folder)
    .flatMap((family) => subfolders(join(folder, family)).map((name) => join(folder, family, name)))
    .map(loadTask);
}

function subfolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== '__pycache__')
    .map(({ name }) => name)
    .sort();
}

/** @throws MultiagentError `eval.task_invalid`. */
function loadTask(folder: string): Task {
  const name = basename(folder);
  const family = basename(join(folder, '..'));
  const id = `${family}/${name}`;
  const read = (file: string) => {
    try {
      return readFileSync(join(folder, file), 'utf8');
    } catch (error) {
      throw invalid(id, [`${file} cannot be read (${(error as Error).message})`], error);
    }
  };
  const described = taskSchema.safeParse(parse(read('task.yaml')));
  if (!described.success) {
    throw invalid(
      id,
      described.error.issues.map(({ path, message }) => `task.yaml: ${path.join('.') || 'it'}: ${message}`),
    );
  }
  const requirement = read('requirement.md').trim();
  const problems = [
    ...(described.data.family === family ? [] : [`task.yaml names the family "${described.data.family}", its folder is "${family}"`]),
    ...(requirement === '' ? ['requirement.md is empty'] : []),
    ...(existsSync(join(folder, 'check.py')) ? [] : ['there is no check.py']),
  ];
  if (problems.length > 0) throw invalid(id, problems);
  const project = listFiles(join(folder, 'project')).map((path) => ({ path, content: read(`project/${path}`) }));
  return { ...described.data, id, name, folder, requirement, project };
}

function invalid(id: string, problems: string[], cause?: unknown): MultiagentError {
  return new MultiagentError({
    code: 'eval.task_invalid',
    message: `The task ${id} is not as a task has to be: ${problems.join('; ')}.`,
    hint: 'eval/README.md says what a task consists of.',
    cause,
  });
}
