import type { RunState } from '../../state/run/run-state.ts';
import { turnTaskType } from '../session/session-workflow.ts';

/** Where the examples of a run stand: in its requirement or, in a session, which has none, in the newest message of the person. */
export function wordsWithExamples({ input, tasks }: Pick<RunState, 'input' | 'tasks'>): string {
  if (input.requirement !== '') return input.requirement;
  return [...tasks.values()].findLast(({ taskType }) => taskType === turnTaskType)?.description ?? '';
}
