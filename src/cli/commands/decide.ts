import process from 'node:process';
import { decideRun, type DecidedRun, onlyQuestion } from '../../operations/decide-run.ts';
import { listRuns } from '../../operations/list-runs.ts';
import { resumeRun } from '../../operations/follow-up.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import type { Workspace } from '../../operations/workspace.ts';
import { decisionSentence } from '../../orchestrator/decisions/decision-sentence.ts';
import type { PersonDecision } from '../../orchestrator/decisions/judge-decision.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine, shorten } from '../../utils/printable.ts';
import { ownName } from '../asking/own-name.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { followUpRun } from '../follow-up-run.ts';
import { jsonLine, isoTime } from '../safe-json.ts';
import type { RunOptions } from '../run-options.ts';
import { askAboutOrigin } from '../runs/ask-about-origin.ts';
import { withJournal } from '../runs/open-journal.ts';
import { hasTask, runAndRest } from '../runs/run-and-rest.ts';
import { readEdits } from '../runs/read-edits.ts';
import { usageError } from '../usage-error.ts';
import { writeFolded } from '../write-folded.ts';

export interface DecideOptions extends RunOptions {
  comment?: string | undefined;
  /** Files with the person's own versions. */
  edit?: string[] | undefined;
  /** False: the decision is only recorded. */
  resume?: boolean | undefined;
}

/** `multiagent approve [run] [step]` */
export function approve(words: readonly string[], options: DecideOptions): Promise<ExitCode> {
  return decide('approve', words, options, (edits) => ({ decision: 'approved', comment: options.comment, edits }));
}

/** `multiagent reject [run] [step]` */
export function reject(words: readonly string[], options: DecideOptions): Promise<ExitCode> {
  return decide('reject', words, options, (edits) => ({ decision: 'rejected', comment: options.comment, edits }));
}

/** `multiagent answer [run] [step] <answer>` */
export function answer(words: readonly string[], options: DecideOptions): Promise<ExitCode> {
  const given = words.at(-1);
  if (given === undefined) throw usageError('No answer was given.', 'Put it last: multiagent answer <run> "<answer>"');
  return decide('answer', words.slice(0, -1), options, () => ({ decision: 'answered', answer: given, comment: options.comment }));
}

type Edits = { path: string; content: Uint8Array }[];

/** Records the decision, then continues the run here, unless somebody else works on it. */
async function decide(
  command: 'approve' | 'reject' | 'answer',
  words: readonly string[],
  options: DecideOptions,
  decisionOf: (edits: Edits) => PersonDecision,
): Promise<ExitCode> {
  const decided = await withJournal(options, async (workspace): Promise<DecidedRun | ExitCode> => {
    const { run, state, rest } = await runAndRest(workspace.store, words, hasTask, () => onlyWaitingRun(workspace, command));
    if (rest.length > 1)
      throw usageError(`"${rest[1]}" is one word too many.`, `Name the run, then the step: multiagent ${command} <run> <step>`);
    const decision = decisionOf([]);
    if (rest.length === 0 && decision.decision === 'answered') refuseName(state, String(decision.answer));
    const known = await askAboutOrigin({ ...workspace, state, trust: options.trust });
    if (known !== 'yes') return known === 'no' ? exitCode.completed : exitCode.interrupted;
    const edits = await editsOf(workspace, { state, task: rest[0], files: options.edit });
    return decideRun(workspace, run, decisionOf(edits), { task: rest[0], by: ownName(), trust: true });
  });
  if (typeof decided === 'number') return decided;
  tell(decided, options);
  if (options.resume === false || decided.owner !== undefined) return exitCode.completed;
  const { run } = decided.state;
  return followUpRun({
    options: { ...options, trust: true },
    choose: () => Promise.resolve({ run }),
    start: (orchestrator, chosen, how) => resumeRun(orchestrator, chosen.run, how),
  });
}

const mostTold = 5;

/** The run in which somebody is asked something; undefined where nobody is. @throws MultiagentError `decision.which_run`: a decision is not taken for another one. */
async function onlyWaitingRun(workspace: Workspace, command: string): Promise<string | undefined> {
  const waiting = (await listRuns(workspace)).filter(({ asks = [] }) => asks.length > 0);
  const [only, ...others] = waiting;
  if (others.length === 0) return only?.run;
  const told = waiting
    .slice(0, mostTold)
    .map(({ run, asks = [] }) => `\n  ${run}  ${asks.map(({ task, ask }) => `${task}: ${shorten(ask, 60)}`).join('; ')}`);
  const more = waiting.length > mostTold ? `\n  and ${waiting.length - mostTold} more` : '';
  throw new MultiagentError({
    category: 'usage',
    code: 'decision.which_run',
    message: `${waiting.length} runs wait for a decision, and none of them is named:${told.join('')}${more}`,
    hint: `Name the run: multiagent ${command} ${only?.run ?? '<run>'}${command === 'answer' ? ' "<answer>"' : ''}`,
  });
}

/** Whoever names a run or a step and forgets the answer does not mean the name as the answer. */
function refuseName({ run, tasks }: RunState, answer: string): void {
  const isRun = answer === run || run.endsWith(`-${answer}`);
  if (!isRun && !tasks.has(answer)) return;
  throw usageError(
    `"${answer}" is the name of a ${isRun ? 'run' : 'step'}, and no answer was given behind it.`,
    `Put the answer last: multiagent answer ${run} <step> "<answer>". If the name itself is the answer, name the step before it.`,
  );
}

async function editsOf(
  workspace: Workspace,
  { state, task, files = [] }: { state: RunState; task: string | undefined; files: string[] | undefined },
): Promise<Edits> {
  if (files.length === 0) return [];
  const record = task === undefined ? onlyQuestion(state).task : taskOfRun(state, task);
  return readEdits(workspace, { state, shown: record.question?.shown ?? [], task: record.task, files });
}

function tell({ state: { run }, task, decided, owner }: DecidedRun, { json, quiet, resume }: DecideOptions): void {
  const { decision, by, comment = null, answer: given = null, time } = decided;
  if (json && (resume === false || owner !== undefined)) {
    process.stdout.write(jsonLine({ run, task, decision, by, comment, answer: given, time: isoTime(time) }));
    return;
  }
  const next =
    owner !== undefined
      ? [`Process ${owner.pid} on ${owner.host} works on the run, and continues with it. Watch it: multiagent status ${run} --follow`]
      : resume === false
        ? [`Continue the run with: multiagent resume ${run}`]
        : [];
  const text = `${[printableLine(`${task}: ${decisionSentence(decided)}`), ...next].join('\n')}\n`;
  if (json) writeFolded(text, process.stderr);
  else if (!quiet) writeFolded(text);
}
