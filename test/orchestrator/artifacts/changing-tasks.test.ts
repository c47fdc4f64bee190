import { expect, test } from 'vitest';
import { changingTasks } from '../../../src/orchestrator/artifacts/changing-tasks.ts';
import type { FilesOfRun } from '../../../src/orchestrator/artifacts/standing-files.ts';

const state = {
  artifacts: [
    { task: 'plan', path: 'plan.md', outcome: 'created' },
    { task: 'code', path: 'a.py', outcome: 'created' },
    { task: 'again', path: 'a.py', outcome: 'unchanged' },
    { task: 'tests/repair/1', path: 'a.py', outcome: 'updated' },
  ],
  removals: [{ task: 'tidy', path: 'b.py' }],
  tasks: new Map([['tests/repair/1', { parent: 'tests' }]]),
} as unknown as FilesOfRun;

test.each([
  ['one that wrote such a file', 'code', true],
  ['one that removed one', 'tidy', true],
  ['one for which another joined that did', 'tests', true],
  ['the one that joined', 'tests/repair/1', true],
  ['one that wrote other files', 'plan', false],
  ['one that only repeated one', 'again', false],
  ['one that wrote nothing', 'docs', false],
])('%s', (_, task, expected) => {
  expect(changingTasks((path) => path.endsWith('.py'))(state).has(task)).toBe(expected);
});
