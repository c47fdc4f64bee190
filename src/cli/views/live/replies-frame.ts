import { asStarted } from '../../as-started.ts';
import { printableLine } from '../../../utils/printable.ts';
import type { Look } from '../look.ts';
import { cutText, padText, textWidth } from '../text-width.ts';
import type { LiveRun, LiveTask } from './live-run.ts';
import { roleTitle, stateMark } from './live-task-lines.ts';
import { type Looking, repliers } from './looking.ts';
import { replyTail } from './reply-tail.ts';

export interface RepliesFrameOptions {
  look: Look;
  columns: number;
  rows: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** The steps with the last line of what each has replied, and below them the end of the reply that is looked at. No line is wider than the terminal, and all fit into it. */
export function repliesFrame(run: LiveRun, looking: Looking, { look, rows, now, ...options }: RepliesFrameOptions): string[] {
  // The last column and the last row stay free.
  const columns = Math.max(options.columns - 1, 10);
  const room = Math.max(rows - 1, 2);
  const tasks = repliers(run);
  const at = Math.max(
    0,
    tasks.findIndex(({ id }) => id === looking.task),
  );
  const listed = around(at, tasks.length, Math.max(1, Math.floor((room - 2) / 2)));
  const nameWidth = Math.max(0, ...tasks.map(({ id }) => textWidth(printableLine(id))));
  const list = tasks
    .slice(listed.from, listed.to)
    .map((task) => stepLine(task, { look, columns, now, nameWidth, here: task === tasks[at] ? 'here' : 'elsewhere' }));
  const chosen = tasks[at];
  const lines = [...list, ...(chosen === undefined ? [] : reply(chosen, { run, look, columns, lines: room - list.length - 1 }))];
  const text = keyTexts.find((keys) => textWidth(keys) <= columns) ?? keyTexts[1];
  const keys = look.paint('faint', cutText(text, columns, look.marks.cut));
  return [...lines.slice(0, room - 1), keys];
}

const keyTexts = [
  'Esc: back to the run. Up, Down or a number: another step. Enter: read all of it.',
  'Esc: back to the run. Enter: read it. Up, Down: others.',
] as const;

/** So many of all, with the one in their middle if possible. */
function around(at: number, count: number, most: number): { from: number; to: number } {
  const from = Math.max(0, Math.min(at - Math.floor(most / 2), count - most));
  return { from, to: Math.min(count, from + most) };
}

interface StepLineOptions {
  look: Look;
  columns: number;
  now: number;
  nameWidth: number;
  here: 'here' | 'elsewhere';
}

function stepLine(task: LiveTask, { look, columns, now, nameWidth, here }: StepLineOptions): string {
  const { marks, paint } = look;
  const number = String(task.number).padStart(2);
  const room = Math.max(1, columns - number.length - 5);
  const width = Math.min(nameWidth, Math.max(8, Math.floor(room / 2)), room);
  const name = padText(cutText(printableLine(task.id), width, marks.cut), width);
  const [end = ''] = replyTail(task.said.text, { lines: 1, columns: Math.max(2, room - width - 2) });
  const said = cutText(`  ${end.trim() === '' ? 'no reply yet' : end.trim()}`, room - width, marks.cut);
  const pointer = here === 'here' ? paint('active', marks.pointer) : ' ';
  return `${pointer} ${stateMark(task, look, now)} ${paint('faint', number)} ${paint(here === 'here' ? 'strong' : 'faint', name)}${paint('faint', said)}`.trimEnd();
}

interface ReplyOptions {
  run: LiveRun;
  look: Look;
  columns: number;
  lines: number;
}

/** A line on whose reply it is and where all of it is shown, and the end of it. */
function reply(task: LiveTask, { run, look, columns, lines }: ReplyOptions): string[] {
  if (lines < 2) return [];
  const who = `${roleTitle(task.role)}${task.state === 'running' && task.progress.kind === 'writing' ? ', still writing' : ''}`;
  const whole = run.id === undefined ? '' : asStarted(`The whole reply: multiagent show ${run.id} --reply ${printableLine(task.id)}`);
  const head = [who, `${who}. ${whole}`].findLast((text) => textWidth(text) <= columns) ?? who;
  const quote = `${look.marks.quote} `;
  const end = replyTail(task.said.text, { lines: lines - 1, columns: Math.max(2, columns - textWidth(quote)) });
  return [look.paint('strong', cutText(head, columns, look.marks.cut)), ...end.map((text) => `${look.paint('faint', quote)}${text}`)];
}
