import { printableLine } from '../../../utils/printable.ts';
import type { LiveRun } from './live-run.ts';
import { type FrameLine, roleTitle, taskLines } from './live-task-lines.ts';
import type { Look } from '../look.ts';
import { cutText, textWidth, wrapText } from '../text-width.ts';
import { statusLines, type StatusOptions } from './status-lines.ts';

export interface FrameOptions extends StatusOptions {
  look: Look;
  /** `all`: the last frame, which may be longer than the terminal. */
  rows: number | 'all';
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
    ...(rows === 'all' ? [] : endLines(run, { look, columns, begun, now, tail, keys })),
  ];
  const room = rows === 'all' ? Infinity : Math.max(rows - 1, 1);
  // Only the beginning of the head is shown if the steps need the space.
  const height = title.flat().length + rest.length;
  const head = height > room ? run.title.map((text) => cutText(printableLine(text), columns, look.marks.cut)) : title.flat();
  return fit([...head.map((text) => ({ text, worth: 6 })), ...rest], { rows: room, columns, look });
}

/** The keys are left out first of what is not about what runs; how far the run is stays longest. */
function endLines(run: LiveRun, { look, ...options }: StatusOptions & { look: Look }): FrameLine[] {
  const { status, keys } = statusLines(run, options);
  return [...(keys === undefined ? [] : [{ text: keys, worth: 1 }]), { text: status, worth: 10 }].map(({ text, worth }) => ({
    text: look.paint('faint', cutText(text, options.columns, look.marks.cut)),
    worth,
  }));
}

/** Leaves out the least important lines; of equal ones the higher, because they are older. */
function fit(lines: FrameLine[], { rows, columns, look }: { rows: number; columns: number; look: Look }): string[] {
  if (lines.length <= rows) return lines.map(({ text }) => text);
  const order = lines.map((line, index) => ({ ...line, index })).sort((a, b) => b.worth - a.worth || b.index - a.index);
  const kept = order.slice(0, rows - 1).sort((a, b) => a.index - b.index);
  const left = `${look.marks.cut} ${lines.length - kept.length} more lines, shown at the end`;
  return [look.paint('faint', cutText(left, columns, look.marks.cut)), ...kept.map(({ text }) => text)];
}
