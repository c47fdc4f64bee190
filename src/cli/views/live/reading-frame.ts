import { asStarted } from '../../as-started.ts';
import { printableLine } from '../../../utils/printable.ts';
import { cutText, textWidth } from '../text-width.ts';
import type { LiveRun } from './live-run.ts';
import { roleTitle, stateMark } from './live-task-lines.ts';
import { type Looking, repliers } from './looking.ts';
import { rowsAt } from './reading-place.ts';
import type { RepliesFrameOptions } from './replies-frame.ts';

/** One reply, as much of it as the terminal has room for, with which part that is. No line is wider than the terminal, and all fit into it. */
export function readingFrame(run: LiveRun, { task: id, at }: Looking, { look, columns, rows, now }: RepliesFrameOptions): string[] {
  const { marks, paint } = look;
  const room = Math.max(columns - 1, 1);
  const cut = (text: string) => cutText(text, room, marks.cut);
  const task = repliers(run).find((one) => one.id === id);
  if (task === undefined) return [];
  const { text, begins } = task.said;
  const { all, top, shown } = rowsAt(at === 'list' ? 'end' : at, { text, columns, rows });
  const isWriting = task.state === 'running' && task.progress.kind === 'writing';
  const name = `${task.number} ${printableLine(id)}: ${roleTitle(task.role)}${isWriting ? ', still writing' : ''}`;
  const head = `${stateMark(task, look, now)} ${paint('strong', cutText(name, Math.max(room - 2, 1), marks.cut))}`;
  const to = top + shown.length;
  const edges = [
    ...(top > 0 ? [] : [begins === 'here' ? 'its beginning' : 'what stands before is not kept']),
    ...(to < all.length ? [] : [isWriting ? 'the end so far' : 'its end']),
  ];
  const part = `Lines ${top + 1} to ${to} of ${all.length}${edges.length === 0 ? '' : `: ${edges.join(', ')}`}`;
  const whole = run.id === undefined ? '' : asStarted(`The whole reply: multiagent show ${run.id} --reply ${printableLine(id)}`);
  const where = text === '' ? 'No reply yet' : ([part, `${part}. ${whole}`].findLast((one) => textWidth(one) <= room) ?? part);
  const body = text === '' ? [] : shown.map((row) => `${paint('faint', `${marks.quote} `)}${row.text}`.trimEnd());
  const keys = keyTexts.find((one) => textWidth(one) <= room) ?? keyTexts[1];
  return [head, ...body, paint('faint', cut(where)), paint('faint', cut(keys))].slice(-Math.max(rows - 1, 1));
}

const keyTexts = [
  'Esc: back to the steps. Up, Down, Page Up, Page Down, Home, End: read. A number: another step.',
  'Esc: back. Arrows, Page Up/Down, Home, End: read.',
] as const;
