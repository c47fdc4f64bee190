import { expect, it } from 'vitest';
import type { Iteration } from '../../../src/orchestrator/composite/iterations.ts';
import { noProgress } from '../../../src/orchestrator/composite/progress-of-loop.ts';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';

/** Iterations of which each had one check that found this. */
function progressAfter(...texts: string[]): string | undefined {
  const iterations = texts.map((text, index): Iteration => {
    const json = { verdict: 'needs_work', findings: [{ file: '', line: 0, severity: 'major', text }] };
    const outputs = { verdict: 'needs_work', json };
    return { number: index + 1, tasks: [{ task: `rounds/${index + 1}/review`, status: 'completed', outputs } as unknown as TaskRecord] };
  });
  const none: Pick<RunState, 'tasks' | 'children' | 'artifacts' | 'removals'> = {
    tasks: new Map(),
    children: new Map(),
    artifacts: [],
    removals: [],
  };
  return noProgress(none, iterations);
}

it.each([
  ['the same words', 'It is slow.', 'it  is slow!', true],
  ['other words', 'It is slow.', 'It is wrong.', false],
  ['the same words of another script', 'Файл не закрыт.', 'файл не закрыт', true],
  ['other words of another script', 'Файл не закрыт.', 'Нет проверки ввода.', false],
  ['other words without spaces', '文件没有关闭。', '没有检查输入。', false],
])('findings in %s', (_, first, second, isSame) => {
  expect(progressAfter(first, second)).toBe(isSame ? 'Iteration 2 has the same findings as iteration 1.' : undefined);
});
