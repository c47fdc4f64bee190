import { z } from 'zod';
import { RunFolder } from '../../files/disk/run-folder.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import type { DecisionRecord, QuestionRecord, TaskRecord } from '../../state/run/run-state.ts';
import { personFormat } from '../artifacts/order-of-version.ts';
import { keepFile } from '../conversation/keep-file.ts';
import { composeQuestion } from '../decisions/compose-question.ts';
import { decisionSentence } from '../decisions/decision-sentence.ts';
import { pathsToShow } from '../decisions/paths-to-show.ts';
import { reworkSteps } from '../decisions/rework-steps.ts';
import { turnOfDecision } from '../decisions/turn-of-decision.ts';
import { shownName } from '../../utils/printable.ts';
import { findStep } from '../scope/find-step.ts';
import type { BuiltInStepKind, StepCall, StepOptions } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { askedTextSchema, untilOf } from './asking-options.ts';
import { projectOnDisk } from '../project-folder.ts';

const options = z.object({
  ask: askedTextSchema,
  /** The steps whose files are shown. Default: those that it depends on. */
  show: z.array(z.string().max(64)).max(100).optional(),
  /** What counts if nobody decides in time. `escalate`: the approval of this name asks instead; it depends on this one, and is skipped otherwise. */
  on_timeout: z.union([z.enum(['approve', 'reject']), z.strictObject({ escalate: z.string().max(64) })]).default('reject'),
  /** `rework`: the authors change what was shown by the comment, and the question is asked again. `fail`: the step fails. */
  on_reject: z.enum(['rework', 'fail']).default('rework'),
  /** After so many rejections the step fails. */
  max_rounds: z.number().int().min(1).max(50).default(5),
});

type Options = z.infer<typeof options>;
type Call = StepCall<Options> & StepOptions;

/**
 * Asks a person whether what the steps before it wrote is good. What is asked, the files and a diff are in the journal before anybody is asked; the step then
 * waits without holding anything, through restarts. What follows is decided by the journal alone.
 */
export const approvalStep: BuiltInStepKind<typeof options> = {
  name: 'approval',
  options,
  timeout: 'own',
  describe: ({ ask }) => ask,
  refersTo: ({ show = [], on_timeout: late }) => [
    ...show.map((id, index) => ({ path: ['show', index], id })),
    ...(typeof late === 'object' ? [{ path: ['on_timeout', 'escalate'], id: late.escalate, laterKind: 'approval' }] : []),
  ],
  needs: () => ({ model: false }),
  async execute(call) {
    const { task, woken, now, options: asked } = call;
    const problem = problemOf(call);
    if (problem !== undefined) return failed('approval.unknown_step', problem);
    const notEscalated = whyNotAsked(call);
    if (notEscalated !== undefined) return { status: 'skipped', because: notEscalated };
    const { question } = task;
    if (question === undefined) return ask(call, 1);
    if (question.decided === undefined) {
      if (woken?.by !== 'time' || (question.until ?? Infinity) > now)
        return { status: 'waiting', reason: 'approval', until: question.until };
      await decideByTime(call, question);
    }
    const decided = task.question!.decided!;
    const lost = await adopt(call, decided);
    if (lost !== undefined) return failed('approval.version_lost', lost, askAgain(call));
    if (decided.decision !== 'rejected') return completed(asked.ask, decided);
    return afterRejection(call, decided);
  },
};

function completed(ask: string, decided: DecisionRecord): TaskOutcome {
  const { decision, by, comment, edits = [] } = decided;
  const outputs = { decision, by, ...(comment === undefined ? {} : { comment }) };
  // A mere yes tells later steps nothing.
  const says = comment !== undefined || edits.length > 0;
  return { status: 'completed', because: decisionSentence(decided), outputs, ...(says ? { turn: turnOfDecision(ask, decided) } : {}) };
}

async function ask({ task, state, run, now, options: given }: Call, round: number): Promise<TaskOutcome> {
  const until = untilOf(task, now);
  const show = given.show?.map((id) => findStep(state, task, id)?.task ?? id);
  const { folder, workspace } = run.commands;
  const sources = {
    state,
    contentOf: run.contentOf,
    keepContent: run.keepContent,
    disk: new RunFolder(folder),
    project: projectOnDisk(workspace, state.input),
  };
  const question = {
    round,
    wants: 'approval' as const,
    ask: given.ask,
    onReject: given.on_reject,
    ...(until === undefined ? {} : { until }),
  };
  const paths = pathsToShow(state, task, show);
  const asks = await composeQuestion(sources, { question, paths, before: task.decisions?.at(-1) });
  return { status: 'waiting', reason: 'approval', until, asks };
}

async function decideByTime({ task, record, options: { on_timeout: late } }: Call, { sequence, shown }: QuestionRecord): Promise<void> {
  const decision = typeof late === 'object' ? 'escalated' : late === 'approve' ? 'approved' : 'rejected';
  await record([{ type: 'task.decided', data: { task: task.task, decision, by: 'timeout', asked: sequence, shown } }]);
}

/**
 * A person's versions of files become the run's: those that they gave with the decision, and those that they had made on the disk before they were shown.
 * @returns what keeps them from it.
 */
async function adopt(call: Call, { shown, edits = [], sequence }: DecisionRecord): Promise<string | undefined> {
  const own = new Map(
    shown.flatMap(({ path, sha256, recorded }) => (recorded === undefined || sha256 === undefined ? [] : [[path, sha256]])),
  );
  for (const { path, sha256 } of edits) own.set(path, sha256);
  const { run, state, task } = call;
  for (const [path, sha256] of own) {
    // The same version, given in an earlier round, may have been reworked since.
    const isKept = state.artifacts.some(
      (one) => one.sequence > sequence && one.task === task.task && one.path === path && one.sha256 === sha256,
    );
    if (isKept) continue;
    const content = await run.contentOf(sha256);
    if (content === undefined) return `The journal no longer holds the person's version of ${shownName(path)}.`;
    await keepFile(call, { path, content, format: personFormat, range: [0, 0], starts: 'from what stands' });
  }
  return undefined;
}

function askAgain({ state, task }: Call): string {
  return `Retry the step to ask again: multiagent retry ${state.run} ${task.task}`;
}

async function afterRejection(call: Call, decided: DecisionRecord): Promise<TaskOutcome> {
  const { task, state, options: given } = call;
  const sentence = decisionSentence(decided);
  const hint = askAgain(call);
  if (given.on_reject === 'fail' || decided.by === 'timeout') return failed('approval.rejected', sentence, hint);
  const reworks = [...state.tasks.values()].filter(({ parent, options: own }) => parent === task.task && own?.['asked'] === decided.asked);
  if (reworks.length > 0) return afterRework(call, reworks);
  const rounds = task.question?.round ?? 1;
  if (rounds >= given.max_rounds) {
    const times = given.max_rounds === 1 ? 'once' : `${given.max_rounds} times`;
    return failed('approval.rounds', `It was rejected ${times}, as often as max_rounds allows. ${sentence}`, hint);
  }
  const steps: WorkflowStep[] = reworkSteps(state, task, decided);
  if (steps.length > 0) return { status: 'expanded', steps };
  return failed('approval.no_author', `${sentence} No agent has written what was shown, so that nobody can change it.`, hint);
}

async function afterRework(call: Call, reworks: readonly TaskRecord[]): Promise<TaskOutcome> {
  const broken = reworks.find(({ status }) => status !== 'completed');
  if (broken === undefined) return ask(call, (call.task.question?.round ?? 1) + 1);
  return failed('approval.rework_failed', `${broken.task}: ${broken.error?.message ?? 'it was not done'}`);
}

/** What is wrong with the steps that it names. */
function problemOf({ state, task, options: { show = [], on_timeout: late } }: Call): string | undefined {
  const unknown = show.find((id) => findStep(state, task, id) === undefined);
  if (unknown !== undefined) return `It is to show what the step ${unknown} wrote, and there is no such step.`;
  if (typeof late !== 'object') return undefined;
  const other = findStep(state, task, late.escalate);
  if (other?.kind === 'approval' && other.dependencies.includes(task.task)) return undefined;
  return `It escalates to ${late.escalate}, which has to be an approval that depends on ${task.task}.`;
}

/** An approval to which others escalate asks only if one of them did. */
function whyNotAsked({ state, task }: Call): string | undefined {
  const before = task.dependencies.flatMap((name) => {
    const other = state.tasks.get(name);
    const late = other?.options?.['on_timeout'] as Options['on_timeout'] | undefined;
    const escalates = other?.kind === 'approval' && typeof late === 'object' && findStep(state, other, late.escalate)?.task === task.task;
    return escalates ? [other] : [];
  });
  if (before.length === 0 || before.some(({ question }) => question?.decided?.decision === 'escalated')) return undefined;
  const names = before.map(({ task: name }) => name).join(', ');
  return before.some(({ question }) => question !== undefined) ? `${names} was decided in time` : `${names} asked nobody`;
}

function failed(code: string, message: string, hint?: string): TaskOutcome {
  return { status: 'failed', error: hint === undefined ? { code, message } : { code, message, hint }, again: 'never' };
}
