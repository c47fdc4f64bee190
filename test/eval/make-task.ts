import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { loadTasks } from '../../eval/src/tasks/load-tasks.ts';
import type { Task } from '../../eval/src/tasks/task.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface TaskParts {
  check: string;
  description?: Record<string, unknown>;
  /** Further files of the task's folder. */
  files?: Record<string, string>;
}

/** Prints `ok` for each word that `answer.txt` holds. */
export const wordsCheck = `import pathlib
path = pathlib.Path('answer.txt')
text = path.read_text() if path.exists() else ''
words = ['one', 'two', 'three']
for word in words:
    print(('ok ' if word in text else 'not ok ') + word)
print(f'{sum(word in text for word in words)}/{len(words)}')
`;

/** A task on the disk, read as the evaluation reads it. It goes with the test. */
export function makeTask({ check, description = {}, files = {} }: TaskParts): Task {
  const folder = temporaryFolder();
  const described = {
    title: 'Name numbers',
    family: 'numbers',
    language: 'text',
    level: 'easy',
    workflow: 'bug-fix',
    split: 'tune',
    files: ['answer.txt'],
    needs: ['python'],
    ...description,
  };
  const all = { 'requirement.md': 'Write numbers into `answer.txt`.\n', 'task.yaml': stringify(described), 'check.py': check, ...files };
  for (const [path, content] of Object.entries(all)) {
    const file = join(folder, 'numbers', 'names', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const [task] = loadTasks(folder);
  if (task === undefined) throw new Error('The task was not read.');
  return task;
}
