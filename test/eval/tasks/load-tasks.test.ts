import { describe, expect, it } from 'vitest';
import { chooseTasks } from '../../../eval/src/tasks/choose-tasks.ts';
import type { Task } from '../../../eval/src/tasks/task.ts';
import { makeTask, wordsCheck } from '../make-task.ts';

describe('a task on the disk', () => {
  it('is read with its project and the name that its folders give', () => {
    const task = makeTask({
      check: wordsCheck,
      files: { 'project/b.py': 'b\n', 'project/a/c.py': 'c\n', 'project/__pycache__/a.pyc': 'x' },
    });
    expect(task).toMatchObject({
      id: 'numbers/names',
      family: 'numbers',
      requirement: 'Write numbers into `answer.txt`.',
      check_seconds: 120,
    });
    expect(task.project).toEqual([
      { path: 'a/c.py', content: 'c\n' },
      { path: 'b.py', content: 'b\n' },
    ]);
  });

  it.each([
    ['a family that is not its folder', { family: 'letters' }, /names the family "letters"/],
    ['a file that leads out of the folder', { files: ['../answer.txt'] }, /files\.0/],
    ['an absolute file', { files: ['/answer.txt'] }, /files\.0/],
    ['a word that nobody knows', { dificulty: 'easy' }, /dificulty/],
    ['no split', { split: 'both' }, /split/],
    ['no files', { files: [] }, /files/],
  ])('is refused with %s', (_, description, message) => {
    expect(() => makeTask({ check: wordsCheck, description })).toThrow(message);
  });
});

describe('choosing tasks', () => {
  const task = (id: string, split: Task['split'], level: Task['level']) => ({
    ...makeTask({ check: wordsCheck }),
    id,
    family: id.split('/')[0] ?? '',
    split,
    level,
  });
  const tasks = () => [task('a/one', 'tune', 'easy'), task('a/two', 'held-out', 'hard'), task('b/one', 'tune', 'hard')];
  const ids = (wanted: string[], families: string[] = []) => chooseTasks(tasks(), { wanted, families }).map(({ id }) => id);

  it.each([
    [['all'], [], ['a/one', 'a/two', 'b/one']],
    [['tune'], [], ['a/one', 'b/one']],
    [['held-out'], [], ['a/two']],
    [['easy', 'b/*'], [], ['a/one', 'b/one']],
    [['*/one'], ['a'], ['a/one']],
    [['a/two'], [], ['a/two']],
  ])('%j of %j', (wanted, families, expected) => {
    expect(ids(wanted, families)).toEqual(expected);
  });

  it('refuses a word that fits nothing rather than run nothing', () => {
    expect(() => ids(['tnue'])).toThrow('No task fits "tnue".');
    expect(() => ids(['all'], ['c'])).toThrow('No task fits "c".');
  });
});
