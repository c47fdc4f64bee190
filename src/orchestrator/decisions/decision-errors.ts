import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';
import { decisionSentence } from './decision-sentence.ts';

/** The errors of decisions that do not fit. Nothing is recorded then. */
function refused(code: string, message: string, hint: string): MultiagentError {
  return new MultiagentError({ category: 'usage', code, message, hint });
}

/** Somebody, or the time, was faster. */
export function alreadyDecided(state: RunState, { task, question }: TaskRecord): MultiagentError {
  const decided = question?.decided;
  const message =
    decided === undefined
      ? `${task} asks something else by now.`
      : `${task} was decided before, on ${new Date(decided.time).toISOString()}. ${decisionSentence(decided)}`;
  return refused('decision.made', message, `"multiagent show ${state.run}" shows how the run goes on.`);
}

export function notWaiting(state: RunState, { task, status }: TaskRecord): MultiagentError {
  const waiting = `"multiagent show ${state.run}" shows which steps wait for somebody.`;
  return refused('decision.not_waiting', `${task} does not wait for a decision: it is ${status}.`, waiting);
}

export function nothingAsked({ run, status, tasks }: RunState): MultiagentError {
  // Whoever came second wants to know who was faster.
  const last = [...tasks.values()]
    .flatMap(({ task, decisions = [] }) => decisions.map((decided) => ({ task, decided })))
    .toSorted((one, other) => one.decided.time - other.decided.time)
    .at(-1);
  const before =
    last === undefined
      ? ''
      : ` The last decision was about ${last.task}, on ${new Date(last.decided.time).toISOString()}. ${decisionSentence(last.decided)}`;
  return refused(
    'decision.nothing_asked',
    `No step of the run ${run} (${status}) waits for a decision.${before}`,
    `"multiagent runs --status waiting" lists the runs that wait.`,
  );
}

export function runHasEnded({ run, status }: RunState): MultiagentError {
  return refused(
    'decision.run_ended',
    `The run ${run} has ended (${status}): nothing can be decided in it any more.`,
    `"multiagent retry ${run} <step>" has a step done again, and asks again.`,
  );
}

/** @param tasks All that wait. */
export function severalAsked({ run }: RunState, tasks: readonly string[]): MultiagentError {
  return refused(
    'decision.which_step',
    `${tasks.length} steps of the run ${run} wait for a decision: ${tasks.join(', ')}.`,
    `Name the step after the run: multiagent approve ${run} ${tasks[0] ?? ''}`,
  );
}

export function wrongKind(run: string, { task, question }: TaskRecord): MultiagentError {
  const hint =
    question?.wants === 'answer'
      ? `Answer it: multiagent answer ${run} ${task} <answer>`
      : `Decide it: multiagent approve ${run} ${task}, or multiagent reject ${run} ${task} --comment "<what to change>"`;
  const wants = question?.wants === 'answer' ? 'an answer' : 'to be approved or rejected';
  return refused('decision.wrong_kind', `${task} wants ${wants}.`, hint);
}

export function wrongAnswer(task: string, given: unknown, expected: string): MultiagentError {
  return refused('decision.wrong_answer', `"${shownName(String(given))}" is no answer to ${task}.`, `It wants ${expected}.`);
}

export function noComment(run: string, task: string): MultiagentError {
  return refused(
    'decision.no_comment',
    `${task} was not rejected: nobody would know what to change.`,
    `Say it: multiagent reject ${run} ${task} --comment "<what to change>"`,
  );
}

export function commentTooLong(length: number, most: number): MultiagentError {
  return refused(
    'decision.comment_too_long',
    `The comment has ${length} characters, more than the ${most} that one may have. Nothing was decided.`,
    'Say it in fewer words, or give your own version of the file with --edit.',
  );
}

export function notShown(task: string, path: string, shown: readonly string[]): MultiagentError {
  const known = shown.length === 0 ? 'No file was shown.' : `Shown were: ${shown.map(shownName).join(', ')}.`;
  return refused('decision.not_shown', `"${shownName(path)}" was not shown for ${task}, so that it cannot be replaced.`, known);
}

export function twoVersions(task: string, path: string): MultiagentError {
  return refused(
    'decision.two_versions',
    `Nothing was decided for ${task}: there are two versions of ${shownName(path)}.`,
    'Give one of them.',
  );
}

/** @param why Why the path of a shown file is none. */
export function notAFile(task: string, why: string): MultiagentError {
  return refused(
    'decision.no_file',
    `Nothing was decided for ${task}, because a shown file is no file any more. ${why}`,
    'Remove what is in its place, then decide again. The file comes back as it was shown.',
  );
}

export function staleDecision(run: string, task: string, paths: readonly string[]): MultiagentError {
  const are = paths.length === 1 ? 'is' : 'are';
  return refused(
    'decision.stale',
    `Nothing was decided: ${paths.map(shownName).join(', ')} ${are} no longer what was shown for ${task}.`,
    `The question is asked anew, with ${paths.length === 1 ? 'the file as it is' : 'the files as they are'} now. Look at it with "multiagent show ${run}", then decide again.`,
  );
}
