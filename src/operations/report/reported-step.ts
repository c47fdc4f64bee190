import type { Usage } from '../../events/usage.ts';
import { decisionSentence } from '../../orchestrator/decisions/decision-sentence.ts';
import { outcomeSentence } from '../../orchestrator/results/outcome-sentence.ts';
import { findingLine, verdictOf } from '../../orchestrator/verdict.ts';
import { repliesOf } from '../../state/run/activities-of.ts';
import { isTakenOver } from '../../state/run/ended-tasks.ts';
import { privateWholes } from '../../state/run/private-wholes.ts';
import { artifactsOf, refusalsOf } from '../../state/run/records-of-task.ts';
import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import type { ErrorRecord, ReplyRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';
import type { StepSpan } from './worked-time.ts';

/** A step of a run as a report tells of it. */
export interface ReportedStep {
  task: string;
  number: number;
  kind: string;
  /** Empty: no role does it. */
  role: string;
  taskType: string;
  description: string;
  status: TaskRecord['status'];
  dependsOn: string[];
  /** The step that it joined the run for; null: it is one of the workflow. */
  parent: string | null;
  /** What was said in it is shown to no other step, and not in a report. */
  isPrivate: boolean;
  /** Another run has done it. */
  isTakenOver: boolean;
  attempts: number;
  /** Null: it has not begun, or not ended. */
  seconds: number | null;
  spans: StepSpan[];
  error: ErrorRecord | null;
  /** Why it was skipped; a sentence without its end. Null: it was not. */
  skipped: string | null;
  /** A verdict, or why there was nothing to do, with what was found; null: it says nothing. */
  outcome: { sentence: string; findings: string[] } | null;
  /** Oldest first; empty where it is private. */
  replies: ReportedReply[];
  /** What people were asked last. Null: nothing. */
  question: { ask: string; diff: string; isOpen: boolean } | null;
  /** Who decided what, oldest first. `time`: milliseconds since 1970. */
  decisions: { time: number; sentence: string }[];
}

/** One whole reply of a model. */
export interface ReportedReply {
  text: string;
  /** How many characters the model reasoned before. */
  reasoned: number;
  status: ReplyRecord['status'];
  finishReason: string | null;
  /** It belongs to an earlier try, and no longer counts. */
  isSuperseded: boolean;
  usage: Usage;
  calls: number;
  error: ErrorRecord | null;
  blocks: ReportedBlock[];
}

/** A part of a reply that became a file, or was to become one. */
export interface ReportedBlock {
  /** Place in the text, in UTF-16 units. */
  from: number;
  to: number;
  path: string;
  became: 'created' | 'updated' | 'unchanged' | 'removed' | 'refused';
}

export function reportedStep(state: RunState, task: TaskRecord, spans: readonly StepSpan[]): ReportedStep {
  const isPrivate = privateWholes(state, task.task).length > 0;
  const sentence = task.status === 'completed' ? outcomeSentence(task, task.place === 'none' ? 'no_model' : 'model') : undefined;
  const { question } = task;
  return {
    task: task.task,
    number: task.number,
    kind: task.kind,
    role: task.role,
    taskType: task.taskType,
    description: task.description,
    status: task.status,
    dependsOn: task.dependencies,
    parent: task.parent ?? null,
    isPrivate,
    isTakenOver: isTakenOver(state, task),
    attempts: task.attempts,
    seconds: task.startedAt === undefined || task.completedAt === undefined ? null : timeWorked(task, task.completedAt) / 1000,
    spans: [...spans],
    error: task.error ?? null,
    skipped: task.skipped === undefined ? null : reasonOfSkip(task.skipped),
    outcome:
      sentence === undefined || isPrivate ? null : { sentence, findings: (verdictOf(task.outputs)?.findings ?? []).map(findingLine) },
    replies: isPrivate ? [] : reportedReplies(state, task),
    question:
      question === undefined || isPrivate ? null : { ask: question.ask, diff: question.diff, isOpen: question.decided === undefined },
    decisions: (task.decisions ?? []).map((decided) => ({ time: decided.time, sentence: decisionSentence(decided) })),
  };
}

function reportedReplies(state: RunState, task: TaskRecord): ReportedReply[] {
  const superseded = new Set(task.activities.slice(0, task.superseded));
  const replies = repliesOf(task);
  const blocks = blocksOf(state, task.task, replies);
  return replies.map((reply, index) => ({
    text: reply.text,
    reasoned: reply.reasoning.length,
    status: reply.status,
    finishReason: reply.finishReason ?? null,
    isSuperseded: superseded.has(reply),
    usage: reply.usage ?? {},
    calls: reply.calls.length,
    error: reply.error ?? null,
    blocks: blocks.get(index) ?? [],
  }));
}

/** A block belongs to the last reply that had begun when its file was written. */
function blocksOf(state: RunState, task: string, replies: readonly ReplyRecord[]): Map<number, ReportedBlock[]> {
  const blocks = new Map<number, ReportedBlock[]>();
  const add = (time: number, block: ReportedBlock) => {
    const index = replies.findLastIndex(({ startedAt, text }) => startedAt <= time && block.to <= text.length);
    if (index !== -1) blocks.set(index, [...(blocks.get(index) ?? []), block]);
  };
  for (const {
    time,
    path,
    outcome,
    format,
    range: [from, to],
  } of artifactsOf(state, task))
    if (format !== 'reply') add(time, { from, to, path, became: outcome });
  for (const {
    task: by,
    time,
    path,
    range: [from, to],
  } of state.removals)
    if (by === task) add(time, { from, to, path, became: 'removed' });
  for (const {
    time,
    name,
    range: [from, to],
  } of refusalsOf(state, task))
    add(time, { from, to, path: name, became: 'refused' });
  return blocks;
}
