import type { RunState, TaskRecord, ReplyRecord } from '../state/run/run-state.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { replyOfTurn, textOfTask } from '../state/run/turn-of.ts';
import { repliesOf } from '../state/run/activities-of.ts';

/**
 * The reply that counts for a task, byte for byte, or what a person has made of it; for an unfinished task, what has arrived of its latest reply.
 * @throws MultiagentError `run.no_reply`.
 * @example
 * const state = await orchestrator.loadRun(run);
 * const reply = replyOfTask(state, taskOfRun(state, 'bug_analysis'));
 * console.log(reply.length > 0); // true
 */
export function replyOfTask(state: RunState, task: TaskRecord): string {
  return (task.turn === undefined ? undefined : textOfTask(task, state)) ?? replyAsked(state, task).text;
}

/**
 * What the model thought before that reply.
 * @throws MultiagentError `run.no_reply`, `run.no_reasoning`.
 * @example
 * const state = await orchestrator.loadRun(run);
 * try {
 *   console.log(reasoningOfTask(state, taskOfRun(state, 'bug_fix')));
 * } catch (error) {
 *   // The model of this run does not think aloud.
 *   if (!(error instanceof MultiagentError)) throw error;
 *   console.log(error.code); // run.no_reasoning
 * }
 */
export function reasoningOfTask(state: RunState, task: TaskRecord): string {
  const { reasoning } = replyAsked(state, task);
  if (reasoning !== '') return reasoning;
  throw new MultiagentError({
    category: 'usage',
    code: 'run.no_reasoning',
    message: `The server sent no reasoning with the reply of the task ${task.task}.`,
    hint: `Most models answer without reasoning. "multiagent show ${state.run} --reply ${task.task}" shows the reply.`,
  });
}

function replyAsked(state: RunState, record: TaskRecord): ReplyRecord {
  const { task, turn } = record;
  const activity = turn === undefined ? repliesOf(record).at(-1) : replyOfTurn(turn, state);
  if (activity !== undefined) return activity;
  throw noReply(state.run, task);
}

export function noReply(run: string, task: string): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'run.no_reply',
    message: `The task ${task} of the run ${run} has not asked the model anything yet.`,
    hint: `"multiagent show ${run}" shows how far each task is.`,
  });
}
