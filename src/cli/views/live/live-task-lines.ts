import { builtInRoles } from '../../../agents/role-catalogue.ts';
import { amount } from '../../../orchestrator/results/cost-sentences.ts';
import { printableLine } from '../../../utils/printable.ts';
import { formatDuration } from '../format-time.ts';
import type { LiveNote, LiveProgress, LiveTask } from './live-run.ts';
import type { Look } from '../look.ts';
import { cutText, padText, textWidth, wrapText } from '../text-width.ts';
import { replyTail } from './reply-tail.ts';
import { readingText, tokensText } from '../event-sentences.ts';

export interface FrameLine {
  text: string;
  /** If there is too little space, lines of the lowest worth are left out first. */
  worth: number;
}

export interface TaskLinesOptions {
  look: Look;
  columns: number;
  now: number;
  /** Width for all tasks, so that they form columns. */
  nameWidth: number;
  roleWidth: number;
  /** How many lines of a reply that is being written are shown. */
  tail: number;
}

const worthOf: Record<LiveTask['state'], number> = {
  running: 9,
  waiting: 9,
  failed: 8,
  cancelled: 7,
  skipped: 4,
  completed: 4,
  pending: 3,
};

/** One task: a line with who works on it and for how long, then its progress, its files and what went wrong. */
export function taskLines(task: LiveTask, options: TaskLinesOptions): FrameLine[] {
  const { look, columns } = options;
  if (task.takenOver) return [{ text: headLine(task, options), worth: worthOf[task.state] }];
  const progress = progressText(task, options.now);
  const room = Math.max(columns - indent.length, 2);
  return [
    { text: headLine(task, options), worth: worthOf[task.state] },
    ...task.notes.flatMap((note, index) =>
      noteLines(note, room, look).map((text) => ({ text: indent + text, worth: worthOfNote(task, note, index) })),
    ),
    ...(progress === '' ? [] : [{ text: indent + look.paint('active', cutText(progress, room, look.marks.cut)), worth: 8 }]),
    ...saidLines(task, options),
  ];
}

const indent = '    ';

/** Less worth than anything else: it is gone the next moment. */
function saidLines({ state, progress, said }: LiveTask, { look, columns, tail }: TaskLinesOptions): FrameLine[] {
  if (state !== 'running' || progress.kind !== 'writing') return [];
  const room = Math.max(columns - indent.length - 2, 2);
  return replyTail(said.text, { lines: tail, columns: room }).map((text) => ({
    text: `${indent}${look.paint('faint', `${look.marks.quote} ${text}`)}`,
    worth: 0,
  }));
}

function headLine(task: LiveTask, { look, columns, now, nameWidth, roleWidth }: TaskLinesOptions): string {
  const { marks } = look;
  const number = String(task.number).padStart(2);
  const fixed = 2 + number.length + 1;
  const worked = task.startedAt === undefined ? '' : formatDuration((task.endedAt ?? now) - task.startedAt);
  const elapsed = task.takenOver ? 'taken over' : worked;
  const nameRoom = Math.max(8, Math.min(nameWidth, columns - fixed - roleWidth - 13));
  const name = padText(cutText(printableLine(task.id), nameRoom, marks.cut), nameRoom);
  let rest = `  ${padText(roleTitle(task.role), roleWidth)}${elapsed === '' ? '' : `  ${elapsed.padStart(9)}`}`;
  for (const part of statistics(task)) {
    if (fixed + textWidth(name) + textWidth(rest) + 2 + textWidth(part) > columns) break;
    rest += `  ${part}`;
  }
  rest = cutText(rest, columns - fixed - textWidth(name), marks.cut).trimEnd();
  const faint = task.state === 'pending' || task.state === 'skipped';
  return `${stateMark(task, look, now)} ${look.paint('faint', number)} ${look.paint(faint ? 'faint' : 'strong', name)}${look.paint('faint', rest)}`;
}

/** How a step stands, as one character. */
export function stateMark({ state }: LiveTask, { marks, paint }: Look, now: number): string {
  const table: Record<LiveTask['state'], string> = {
    running: paint('active', marks.spinner[Math.floor(now / 100) % marks.spinner.length] ?? ''),
    waiting: paint('warning', marks.waiting),
    completed: paint('good', marks.done),
    failed: paint('bad', marks.failed),
    cancelled: paint('bad', marks.failed),
    skipped: paint('faint', marks.skipped),
    pending: paint('faint', marks.pending),
  };
  return table[state];
}

export function roleTitle(role: string): string {
  return builtInRoles().find(role)?.title ?? printableLine(role.replaceAll('_', ' '));
}

function progressText({ state, progress, attempt, wakesAt, waitsFor, server }: LiveTask, now: number): string {
  if (state === 'waiting' && wakesAt !== undefined) {
    const left = formatDuration(Math.max(0, wakesAt - now));
    return { next_attempt: `again in ${left}`, person: `${left} left to decide`, other: `continues in ${left}` }[waitsFor];
  }
  if (state !== 'running') return '';
  const place = server === undefined ? '' : ` at ${printableLine(server)}`;
  return `${describe(progress)}${place}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
}

function describe(progress: LiveProgress): string {
  if (progress.kind === 'no_model') return 'at work';
  if (progress.kind === 'none') return 'waiting for the model';
  if (progress.kind === 'remote') return printableLine(progress.text);
  if (progress.kind === 'reading') return readingText(progress);
  return `${progress.kind}, ${tokensText(progress.tokens, progress.milliseconds)}`;
}

/** Figures of an ended task, the most important first. */
function statistics({ state, usage, files, cost }: LiveTask): string[] {
  if (state !== 'completed' && state !== 'failed' && state !== 'cancelled') return [];
  const { replyTokens, replyMilliseconds, readTokens, cachedTokens } = usage;
  return [
    ...(replyTokens === undefined ? [] : [tokensText(replyTokens, replyMilliseconds)]),
    ...(files.size === 0 ? [] : [`${files.size} ${files.size === 1 ? 'file' : 'files'}`]),
    ...(cost === undefined ? [] : [amount(cost)]),
    ...(readTokens === undefined
      ? []
      : [`${readTokens} tokens read${cachedTokens === undefined ? '' : `, ${cachedTokens} from the cache`}`]),
  ];
}

/** A file's name is cut to fit its line; the reason of a failure is shown in full. */
function noteLines({ kind, text }: LiveNote, columns: number, look: Look): string[] {
  const safe = printableLine(text);
  if (kind === 'file') return [cutText(safe, columns, look.marks.cut)];
  const style = kind === 'failure' ? 'bad' : 'warning';
  return wrapText(safe, columns).map((line) => look.paint(style, line));
}

function worthOfNote(task: LiveTask, { kind }: LiveNote, index: number): number {
  if (kind === 'failure') return 7;
  const active = task.state === 'running' || task.state === 'waiting';
  if (!active) return kind === 'file' ? 0 : 1;
  return kind === 'file' ? 2 : index === task.notes.length - 1 ? 7 : 2;
}
