import type { Answer } from '../../events/decision-events.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import type { QuestionRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { countingFiles } from '../artifacts/standing-files.ts';
import {
  alreadyDecided,
  commentTooLong,
  noComment,
  notAFile,
  notShown,
  notWaiting,
  runHasEnded,
  staleDecision,
  twoVersions,
  wrongAnswer,
  wrongKind,
} from './decision-errors.ts';
import { hasEnded, isOpen, type OpenQuestion } from './open-questions.ts';
import { answerWords, readAnswer } from './read-answer.ts';

/** What a person decides. */
export type PersonDecision =
  | {
      decision: 'approved' | 'rejected';
      /** Needed for a rejection after which the author changes something. */
      comment?: string | undefined;
      /** The person's own versions of shown files. They stand in the place of what was shown. */
      edits?: readonly { path: string; content: Uint8Array | string }[] | undefined;
    }
  /** A text is read in the type that was asked for: `yes` and `no`, `42`. */
  | { decision: 'answered'; answer: Answer; comment?: string | undefined };

export interface JudgeDecisionOptions {
  state: RunState;
  task: TaskRecord;
  decision: PersonDecision;
  by: string;
  /** The run's folder. */
  disk: Pick<RunFolder, 'read' | 'resolve'>;
  /** Keeps content with the run. @returns its hash. */
  keepContent: (content: Uint8Array) => Promise<string>;
}

type Decided = EventData<'task.decided'>;

/** It stands in the prompts of later steps. */
const longestComment = 20_000;

/**
 * The event of a decision, if it fits what is asked and what was shown is what stands, in the journal and on the disk.
 * @throws MultiagentError `decision.run_ended`, `decision.made`, `decision.not_waiting`, `decision.wrong_kind`, `decision.wrong_answer`, `decision.no_comment`,
 * `decision.comment_too_long`, `decision.not_shown`, `decision.two_versions`, `decision.no_file`, `decision.stale`.
 */
export async function judgeDecision({ state, task, decision, by, disk, keepContent }: JudgeDecisionOptions): Promise<Decided> {
  const { question } = requireOpen(state, task);
  const said = saidOf(state.run, { task, question }, decision);
  const edits = 'edits' in decision ? (decision.edits ?? []) : [];
  for (const [index, { path }] of edits.entries()) {
    if (edits.findIndex((edit) => edit.path === path) !== index) throw twoVersions(task.task, path);
    if (question.shown.some((file) => file.path === path && file.sha256 !== undefined)) continue;
    throw notShown(
      task.task,
      path,
      question.shown.map((file) => file.path),
    );
  }
  const kept: { path: string; sha256: string }[] = [];
  for (const { path, content } of edits) kept.push({ path, sha256: await keepContent(Buffer.from(content)) });
  await requireOnDisk(state.run, { task, question }, { disk, edits: kept });
  const decided = { task: task.task, by: nameOf(by), asked: question.sequence, shown: question.shown, ...said };
  return kept.length === 0 ? decided : { ...decided, edits: kept };
}

/** A person may have the name that stands for nobody. */
function nameOf(by: string): string {
  return by === 'timeout' ? 'person' : by;
}

/**
 * The question of a task that a decision may still be about.
 * @param asked The sequence of the event that asked. Default: whatever it asks now.
 * @throws MultiagentError `decision.run_ended`, `decision.made`, `decision.not_waiting`, `decision.stale`.
 */
export function requireOpen(state: RunState, task: TaskRecord, asked?: number): OpenQuestion {
  const { question } = task;
  if (question?.decided !== undefined && task.status !== 'cancelled') throw alreadyDecided(state, task);
  if (hasEnded(state.status)) throw runHasEnded(state);
  if (!isOpen(task) || question === undefined) throw notWaiting(state, task);
  if (asked !== undefined && question.sequence !== asked) throw alreadyDecided(state, task);
  const stale = staleInJournal(state, question);
  if (stale.length > 0) throw staleDecision(state.run, task.task, stale);
  return { task, question };
}

function staleInJournal(state: RunState, { shown }: QuestionRecord): string[] {
  if (shown.length === 0) return [];
  const counting = new Map(countingFiles(state).map((file) => [file.path, file]));
  return shown.flatMap(({ path, sha256, recorded = sha256 }) => {
    const now = counting.get(path);
    return (now === undefined || now.removed ? undefined : now.sha256) === recorded ? [] : [path];
  });
}

/** A missing file is no other one: it comes back, as it was shown, when the run goes on. It cannot come back where a link or a folder is in its place. */
async function requireOnDisk(
  run: string,
  { task, question }: OpenQuestion,
  { disk, edits }: { disk: JudgeDecisionOptions['disk']; edits: readonly { path: string; sha256: string }[] },
): Promise<void> {
  const stale: string[] = [];
  for (const { path, sha256 } of question.shown) {
    const there = await disk.read(path);
    const place = there === undefined && sha256 !== undefined ? await disk.resolve(path) : undefined;
    if (place?.kind === 'refused') throw notAFile(task.task, place.refusal.message);
    const found = there === undefined ? undefined : hashContent(there);
    const isMeant = found === undefined || found === sha256 || edits.some((edit) => edit.path === path && edit.sha256 === found);
    if (!isMeant) stale.push(path);
  }
  if (stale.length > 0) throw staleDecision(run, task.task, stale);
}

function saidOf(run: string, { task, question }: OpenQuestion, given: PersonDecision): Pick<Decided, 'decision' | 'answer' | 'comment'> {
  const comment = given.comment?.trim() === '' ? undefined : given.comment?.trim();
  if (comment !== undefined && comment.length > longestComment) throw commentTooLong(comment.length, longestComment);
  const told = comment === undefined ? {} : { comment };
  if ((given.decision === 'answered') !== (question.wants === 'answer')) throw wrongKind(run, task);
  if (given.decision === 'answered') {
    const type = question.answer ?? 'text';
    const answer = readAnswer(given.answer, type);
    if (answer === undefined) throw wrongAnswer(task.task, given.answer, answerWords(type));
    return { decision: 'answered', answer, ...told };
  }
  if (given.decision === 'rejected' && question.onReject === 'rework' && comment === undefined) throw noComment(run, task.task);
  return { decision: given.decision, ...told };
}
