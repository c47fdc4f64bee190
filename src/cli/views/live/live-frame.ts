import { amount } from '../../../orchestrator/results/cost-sentences.ts';
import { printableLine } from '../../../utils/printable.ts';
import { formatDuration } from '../format-time.ts';
import type { LiveRun } from './live-run.ts';
import { type FrameLine, roleTitle, taskLines } from './live-task-lines.ts';
import type { Look } from '../look.ts';
import { cutText, textWidth, wrapText } from '../text-width.ts';

export interface FrameOptions {
  look: Look;
  columns: number;
  /** `all`: the last frame, which may be longer than the terminal. */
  rows: number | 'all';
  /** When the view began, and now: milliseconds since 1970. */
  begun: number;
  now: number;
  /** How much is shown of a reply that is being written. */
  tail: 'short' | 'long';
  /** Whether keys are heard. */
  keys: 'heard' | 'none';
}

/** Lines of a reply. */
const tailLines = { short: 2, long: 15 } as const;

/** The whole picture of a run, one string per line, none wider than the terminal. */
export function liveFrame(run: LiveRun, { look, rows, begun, now, tail, keys, ...options }: FrameOptions): string[] {
  // The last column stays free: some terminals begin a new line when it is filled.
  const columns = Math.max(options.columns - 1, 10);
  const tasks = [...run.tasks.values()];
  const nameWidth = Math.max(0, ...tasks.map(({ id }) => textWidth(printableLine(id))));
  const roleWidth = Math.max(0, ...tasks.map(({ role }) => textWidth(roleTitle(role))));
  const title = run.title.map((text) => wrapText(printableLine(text), columns));
  const rest: FrameLine[] = [
    ...tasks.flatMap((task) => taskLines(task, { look, columns, now, nameWidth, roleWidth, tail: rows === 'all' ? 0 : tailLines[tail] })),
    ...[...run.notes, ...[run.held, run.waitsFor].filter((note) => note !== undefined)].flatMap((note) =>
      wrapText(printableLine(note), columns).map((text) => ({ text: look.paint('warning', text), worth: 5 })),
    ),
    ...(rows === 'all'
      ? []
      : [
          {
            text: look.paint(
              'faint',
              cutText(`${statusText(run, now - begun)}${keys === 'none' ? '' : keysText(run, tail)}`, columns, look.marks.cut),
            ),
            worth: 10,
          },
        ]),
  ];
  const room = rows === 'all' ? Infinity : Math.max(rows - 1, 1);
  // Only the beginning of the head is shown if the steps need the space.
  const height = title.flat().length + rest.length;
  const head = height > room ? run.title.map((text) => cutText(printableLine(text), columns, look.marks.cut)) : title.flat();
  return fit([...head.map((text) => ({ text, worth: 6 })), ...rest], { rows: room, columns, look });
}

function statusText(run: LiveRun, milliseconds: number): string {
  const time = formatDuration(Math.floor(milliseconds / 100) * 100);
  if (run.state === 'preparing') return `Getting the model ready, ${time}`;
  const tasks = [...run.tasks.values()];
  const done = tasks.filter(({ state }) => state === 'completed').length;
  const files = new Set(tasks.flatMap((task) => [...task.files])).size;
  const { total } = run.money;
  const cost = total === undefined ? '' : `, ${amount(total)}`;
  return `${done} of ${tasks.length} steps, ${files} ${files === 1 ? 'file' : 'files'}${cost}, ${time}. Ctrl-C stops.`;
}

/** What can be pressed. */
function keysText({ state, held }: LiveRun, tail: FrameOptions['tail']): string {
  if (state === 'preparing') return '';
  const pause = held === undefined ? ['p pause'] : [];
  return ` Keys: ${[...pause, 's tell the team', `r ${tail === 'long' ? 'less' : 'more'} of the reply`].join(', ')}.`;
}

/** Leaves out the least important lines; of equal ones the higher, because they are older. */
function fit(lines: FrameLine[], { rows, columns, look }: { rows: number; columns: number; look: Look }): string[] {
  if (lines.length <= rows) return lines.map(({ text }) => text);
  const order = lines.map((line, index) => ({ ...line, index })).sort((a, b) => b.worth - a.worth || b.index - a.index);
  const kept = order.slice(0, rows - 1).sort((a, b) => a.index - b.index);
  const left = `${look.marks.cut} ${lines.length - kept.length} more lines, shown at the end`;
  return [look.paint('faint', cutText(left, columns, look.marks.cut)), ...kept.map(({ text }) => text)];
}
