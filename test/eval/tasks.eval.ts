import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tasksFolder } from '../../eval/src/folders.ts';
import type { CheckOutcome } from '../../eval/src/scoring/check-outcome.ts';
import { score } from '../../eval/src/scoring/score.ts';
import { listFiles } from '../../eval/src/tasks/list-files.ts';
import { loadTasks } from '../../eval/src/tasks/load-tasks.ts';
import { missingToolchains } from '../../eval/src/tasks/missing-toolchains.ts';
import type { Task } from '../../eval/src/tasks/task.ts';

const tasks = loadTasks(tasksFolder);
const families = [...Map.groupBy(tasks, ({ family }) => family)];
const nothing = mkdtempSync(join(tmpdir(), 'eval-nothing-'));
afterAll(() => rmSync(nothing, { recursive: true }));

function scored(outcome: CheckOutcome): Extract<CheckOutcome, { kind: 'scored' }> {
  if (outcome.kind === 'scored') return outcome;
  throw new Error(`The check is ${outcome.kind}: ${outcome.reason}`);
}

describe('a task', () => {
  it.concurrent.each(tasks)('$id tells a right solution from a wrong one and from none', async (task) => {
    const missing = await missingToolchains(task.needs);
    const right = await score(task, join(task.folder, 'solution'));
    if (right.outcome.kind === 'skipped' && missing.length > 0) {
      console.log(`${task.id} is skipped, because this machine has no ${missing.join(', ')}: ${right.outcome.reason}`);
      return;
    }
    const { passed, total } = scored(right.outcome);
    expect({ passed, said: right.text }).toEqual({ passed: total, said: right.text });
    // The project alone, and nothing at all.
    for (const project of [task.project, []]) {
      expect(scored((await score({ ...task, project }, nothing)).outcome)).toEqual({ kind: 'scored', passed: 0, total });
    }
    const wrong = await score(task, join(task.folder, 'wrong'));
    expect(scored(wrong.outcome).total).toBe(total);
    expect(scored(wrong.outcome).passed, wrong.text).toBeGreaterThan(0);
    expect(scored(wrong.outcome).passed, wrong.text).toBeLessThan(total);
  });

  it.each(tasks)('$id holds in its solutions the files that it demands, and asks in so many words as a person would', (task: Task) => {
    const files = (folder: string) => listFiles(join(task.folder, folder));
    expect(files('solution')).toEqual(expect.arrayContaining(task.files));
    expect(files('wrong').length).toBeGreaterThan(0);
    const words = task.requirement.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(60);
    expect(words).toBeLessThanOrEqual(300);
    expect(task.files.filter((path) => !existsSync(join(task.folder, 'solution', path)))).toEqual([]);
    expect(task.files.filter((path) => !isNamed(task, path))).toEqual([]);
  });
});

/** Whether a person who reads the requirement, or the names of the project's files, knows this name. */
function isNamed({ requirement, project }: Task, path: string): boolean {
  return requirement.includes(path.split('/').at(-1) ?? path) || project.some((file) => file.path === path);
}

describe('the tasks together', () => {
  it('are at least 40, at least a third of them easy', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(40);
    expect(tasks.filter(({ level }) => level === 'easy').length).toBeGreaterThanOrEqual(tasks.length / 3);
  });

  it.each(families)('are held out by a third in each family: %s', (_, family) => {
    const heldOut = family.filter(({ split }) => split === 'held-out').length;
    expect(Math.abs(heldOut - family.length / 3)).toBeLessThan(1);
  });

  it('are in every language that there is a toolchain for', () => {
    const languages = new Set(tasks.map(({ language }) => language));
    expect([...languages].sort()).toEqual(
      expect.arrayContaining(['go', 'html', 'java', 'javascript', 'python', 'rust', 'text', 'typescript']),
    );
  });
});
