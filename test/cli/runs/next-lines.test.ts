import { expect, it } from 'vitest';
import { nextLines } from '../../../src/cli/runs/next-lines.ts';
import type { WorkflowResult } from '../../../src/orchestrator/results/run-result.ts';

function next(status: WorkflowResult['status'], paths: string[] = [], kept: 'journal' | 'memory' = 'journal') {
  const tasks = { a: { result: { files_created: paths.map((path) => ({ path })) } } };
  const waits = { until: null, signals: ['go'], decisions: [], budget: null };
  const result = { workflow_id: 'r', status, tasks, waits_for: status === 'waiting' ? waits : null } as unknown as WorkflowResult;
  return nextLines(result, { kept, workspace: '/home/me/app', directory: '/home/me', remote: ['models.example'] });
}

it.each([
  ['completed', ['01-analysis.md', 'src/a.py'], ['Review', 'diff r', 'Apply', 'apply r', 'Change', 'refine r']],
  ['completed', ['01-analysis.md'], ['Change', 'refine r']],
  ['failed', ['src/a.py'], ['Why', 'show r', 'Retry', 'retry r']],
  ['interrupted', [], ['Resume', 'resume r']],
  ['waiting', [], ['Wake', 'signal r', 'Resume', 'resume r']],
  ['cancelled', [], ['Resume', 'resume r']],
] as const)('after a run that is %s and has written %j: what can be typed', (status, paths, words) => {
  const lines = next(status, [...paths]);
  expect(
    lines.flatMap((line) => /^ {2}(\w+(?: \w+)?) +multiagent (\w+ r)(?: go)? --workspace \/home\/me\/app/.exec(line)?.slice(1)),
  ).toEqual(words);
  // The consent to use another machine is needed again by what asks the model.
  for (const line of lines) expect(line.includes(' --allow-remote models.example'), line).toBe(/resume|retry|refine/.test(line));
});

it('promises nothing of a run that is kept nowhere', () => {
  expect(next('completed', ['src/a.py'], 'memory')).toEqual([]);
  expect(next('interrupted', [], 'memory')).toEqual(['  It cannot be resumed: enable_task_persistence is off.']);
});

it.each([
  [2.5, '5'],
  [0.333, '0.67'],
  [0, '1'],
])('a run that rests with a budget of %d says what it lacks, and a larger one to type', (budget, typed) => {
  const waits = { until: null, signals: [], decisions: [], budget: { tasks: ['a'], why: 'Too little \u001b[2Jis left.' } };
  const result = { workflow_id: 'r', status: 'waiting', tasks: {}, waits_for: waits, cost: { budget } } as unknown as WorkflowResult;
  expect(nextLines(result, { kept: 'journal', workspace: '/home/me', directory: '/home/me', remote: [] })).toEqual([
    '  Waits    Too little is left.',
    `  Resume   multiagent resume r --budget ${typed}`,
  ]);
});
