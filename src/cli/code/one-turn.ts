import process from 'node:process';
import type { ApplyPreview } from '../../operations/apply-run.ts';
import { renderDiff } from '../../files/edits/render-diff.ts';
import { printable, printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode, exitCodeOfRun } from '../exit-code.ts';
import { writeFolded, writeText } from '../write-folded.ts';
import type { CodeSession, TakenTurn } from './code-session.ts';
import type { ShortenedSession } from '../../operations/shorten-session.ts';
import { shortenedSentence } from './session-sentences.ts';
import type { AllowedRisk } from './code-options.ts';
import type { SessionEvent, SessionJson } from './session-json.ts';

export interface OneTurnOptions {
  session: CodeSession;
  /** Undefined: only what was left open is brought to its end. */
  message: string | undefined;
  allowed: ReadonlySet<AllowedRisk>;
  signal: AbortSignal;
  /** Where programs read; undefined: a person does. */
  json: SessionJson | undefined;
}

/**
 * Takes one turn without asking anybody. What it wrote goes into the project if that is allowed; else it rests as proposed and is shown.
 * @throws what keeps a run from beginning.
 */
export async function oneTurn({ session, message, allowed, signal, json }: OneTurnOptions): Promise<ExitCode> {
  const finished = await session.finishLast(signal);
  if (finished !== undefined && message !== undefined) await tellTurn(finished, 'kept');
  if (message !== undefined) {
    const shortened = await session.shortenWhereFull(signal);
    if (shortened !== undefined && json !== undefined) json.tell(shortenedEvent(shortened));
    else if (shortened !== undefined) note(shortenedSentence(shortened, 'program'));
  }
  const taken = message === undefined ? finished : await session.take(message, signal);
  const open = await session.proposals();
  const mayWrite = allowed.has('write') && taken?.result.status !== 'interrupted';
  if (open !== undefined && open.plan.changes.length > 0 && mayWrite) await session.apply(open);
  const proposed = open === undefined || mayWrite ? [] : open.plan.changes.map(({ path }) => path);
  const applied = open === undefined || !mayWrite ? [] : open.plan.changes.map(({ path }) => path);
  if (json !== undefined) {
    if (open !== undefined && proposed.length > 0) json.tell({ type: 'approval.requested', for: 'write', files: diffsOf(open) });
    if (taken !== undefined) json.tell(finishedOf(taken, { applied, proposed }));
  } else {
    if (taken !== undefined) await tellTurn(taken, 'answer');
    if (open !== undefined) tellFiles(open, mayWrite ? 'applied' : 'proposed');
  }
  const code = taken === undefined ? exitCode.completed : codeOf(taken);
  return code === exitCode.completed && proposed.length > 0 ? exitCode.waiting : code;

  async function tellTurn(turn: TakenTurn, what: 'answer' | 'kept'): Promise<void> {
    if (json !== undefined) json.tell(finishedOf(turn, { applied: [], proposed: [] }));
    else if (turn.words !== '') writeText(what === 'answer' ? `${turn.words}\n` : `${turn.words}\n\n`);
    if (json === undefined) for (const line of troubleOf(turn)) note(line);
  }
}

/** Tests that fail are no failure of a turn that changed nothing. */
function codeOf(taken: TakenTurn): ExitCode {
  const { result } = taken;
  const outcome = hasWritten(taken) ? result.verification.outcome : 'unchecked';
  return exitCodeOfRun(result.status, { outcome, keptBack: result.kept_back });
}

function hasWritten({ state, turn }: Pick<TakenTurn, 'state' | 'turn'>): boolean {
  return state.artifacts.some(({ task }) => task === turn?.task.task);
}

/** What a person should know besides the reply: why there is none, and what checks say of what it wrote. */
export function troubleOf(taken: TakenTurn): string[] {
  const { result, turn } = taken;
  const { error } = turn?.task ?? {};
  const why = error === undefined ? (result.error ?? undefined) : error.message;
  return [
    ...(result.status === 'completed' || why === undefined ? [] : [`Failed: ${why}`]),
    ...(error?.hint === undefined ? [] : [error.hint]),
    ...(hasWritten(taken) ? result.verification.sentences : []),
  ];
}

function tellFiles({ plan }: ApplyPreview, what: 'applied' | 'proposed'): void {
  if (plan.changes.length > 0)
    writeText(
      `\n${diffsOf({ plan })
        .map(({ diff }) => diff)
        .join('')}`,
    );
  for (const { path } of plan.conflicts) note(`${path} was changed in the project meanwhile: "multiagent apply" shows both.`);
  for (const { path, reason } of plan.refused) note(`not for the project, ${path}: ${reason}`);
  if (plan.changes.length === 0) return;
  const files = `${plan.changes.length} ${plan.changes.length === 1 ? 'file' : 'files'}`;
  if (what === 'applied') note(`Wrote ${files}. Take it back with: multiagent code --undo`);
  else
    note(`Proposed, and not written: ${files}. To decide: multiagent code --continue; to write: multiagent code --continue --yes-to write`);
}

export function diffsOf({ plan }: Pick<ApplyPreview, 'plan'>): { path: string; diff: string }[] {
  return plan.changes.map(({ path, before, after }) => ({ path, diff: printable(renderDiff({ path, before, after })) }));
}

function shortenedEvent(shortened: ShortenedSession): SessionEvent {
  if (shortened.kind === 'kept') return { type: 'session.kept', why: shortened.why };
  const { run, digest, before, after, quality } = shortened;
  return { type: 'session.shortened', run, digest, characters: { before, after }, quality };
}

function finishedOf({ result, turn, reply }: TakenTurn, files: { applied: string[]; proposed: string[] }): SessionEvent {
  const { readTokens, cachedTokens, replyTokens } = result.usage;
  const { error } = turn?.task ?? {};
  return {
    type: 'turn.finished',
    run: result.workflow_id,
    status: result.status,
    reply,
    ...(error === undefined ? {} : { error }),
    tokens: { read: readTokens, cached: cachedTokens, written: replyTokens },
    ...files,
  };
}

function note(line: string): void {
  writeFolded(`${printableLine(line)}\n`, process.stderr);
}
