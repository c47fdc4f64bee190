import { matchesGlob } from 'node:path';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import type { Task } from './task.ts';

/** Words that stand for many tasks. */
const sets: Readonly<Record<string, (task: Task) => boolean>> = {
  all: () => true,
  tune: ({ split }) => split === 'tune',
  'held-out': ({ split }) => split === 'held-out',
  easy: ({ level }) => level === 'easy',
  medium: ({ level }) => level === 'medium',
  hard: ({ level }) => level === 'hard',
};

export interface TaskChoice {
  /** Sets or globs over `<family>/<name>`; a task counts where one of them fits. */
  wanted: readonly string[];
  /** Only tasks of these families; empty: of all. */
  families: readonly string[];
}

/** @throws MultiagentError `eval.no_such_task` for a word that fits no task: it is most likely mistyped. */
export function chooseTasks(tasks: readonly Task[], { wanted, families }: TaskChoice): Task[] {
  const chosen = new Set<Task>();
  for (const word of wanted) {
    const fits = sets[word] ?? (({ id }: Task) => id === word || matchesGlob(id, word));
    const found = tasks.filter(fits);
    if (found.length === 0) throw noSuch(word, tasks);
    for (const task of found) chosen.add(task);
  }
  for (const family of families) if (!tasks.some((task) => task.family === family)) throw noSuch(family, tasks);
  return tasks.filter((task) => chosen.has(task) && (families.length === 0 || families.includes(task.family)));
}

function noSuch(word: string, tasks: readonly Task[]): MultiagentError {
  const families = [...new Set(tasks.map(({ family }) => family))].join(', ');
  return new MultiagentError({
    code: 'eval.no_such_task',
    message: `No task fits "${word}".`,
    hint: `Name ${Object.keys(sets).join(', ')}, or tasks such as "command-line/*"; the families are: ${families}.`,
  });
}
