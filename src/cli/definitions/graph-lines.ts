import { padText } from '../views/text-width.ts';
import type { DrawnStep } from './drawn-step.ts';

/** The characters that a graph is drawn with. */
export interface GraphMarks {
  step: string;
  line: string;
  across: string;
  opens: string;
  closes: string;
  /** A line that comes from above and joins, by where else it leads: `right`, `left`, `both` where it ends, `on…` where it also goes on below. */
  join: Record<'right' | 'left' | 'both' | 'onRight' | 'onLeft' | 'onBoth', string>;
}

export const unicodeMarks: GraphMarks = {
  step: '●',
  line: '│',
  across: '─',
  opens: '╭',
  closes: '╰',
  join: { right: '╰', left: '╯', both: '┴', onRight: '├', onLeft: '┤', onBoth: '┼' },
};

export const asciiMarks: GraphMarks = {
  step: '*',
  line: '|',
  across: '-',
  opens: '+',
  closes: '+',
  join: { right: '+', left: '+', both: '+', onRight: '+', onLeft: '+', onBoth: '+' },
};

/** A line down from a step to those that depend on it and are not drawn yet. */
interface Wire {
  from: string;
  open: Set<string>;
}

interface Row {
  cells: string;
  step: DrawnStep;
  /** The lines that go on below the step. */
  below: string;
}

/**
 * A graph as lines of text: one for each step, with lines from above that it depends on. A line that only crosses is not interrupted by the one it crosses.
 * Steps within a step stand in a frame below it.
 */
export function graphLines(steps: readonly DrawnStep[], marks: GraphMarks): string[] {
  const rows = rowsOf(steps, marks);
  const cells = Math.max(0, ...rows.map((row) => row.cells.length));
  const ids = Math.max(0, ...steps.map(({ id }) => id.length));
  return rows.flatMap((row) => {
    const prefix = row.below.padEnd(cells);
    const inner = row.step.inner.flatMap(({ name, steps: within }) => [
      `${prefix}  ${marks.opens}${marks.across} ${name}`,
      ...graphLines(within, marks).map((line) => `${prefix}  ${marks.line} ${line}`),
      `${prefix}  ${marks.closes}${marks.across}`,
    ]);
    return [`${row.cells.padEnd(cells)}  ${padText(row.step.id, ids)}  ${row.step.about}`, ...inner];
  });
}

function rowsOf(steps: readonly DrawnStep[], marks: GraphMarks): Row[] {
  const waitFor = new Map(steps.map(({ id }) => [id, new Set<string>()]));
  for (const { id, dependsOn } of steps) for (const needed of dependsOn) waitFor.get(needed)?.add(id);
  const wires: (Wire | undefined)[] = [];
  let previous = -1;
  return steps.map((step) => {
    const joined = wires.flatMap((wire, column) => (wire?.open.delete(step.id) ? [column] : []));
    const ending = joined.filter((column) => wires[column]?.open.size === 0);
    const own = ending[0] ?? freeColumn(wires, joined[0] ?? -1, previous);
    previous = own;
    const cells = cellsOf({ own, joined, wires, marks });
    for (const column of ending) wires[column] = undefined;
    const open = waitFor.get(step.id) ?? new Set();
    wires[own] = open.size === 0 ? undefined : { from: step.id, open };
    while (wires.length > 0 && wires.at(-1) === undefined) wires.pop();
    return { cells, step, below: Array.from(wires, (wire) => (wire === undefined ? ' ' : marks.line)).join(' ') };
  });
}

/** A column without a line, right of the first that joins. Not that of the step right above: the two would look as if one led to the other. */
function freeColumn(wires: readonly (Wire | undefined)[], after: number, above: number): number {
  let column = after + 1;
  while (wires[column] !== undefined || column === above) column += 1;
  return column;
}

interface Line {
  /** The column of the step itself. */
  own: number;
  /** Those of the lines that lead to it. */
  joined: readonly number[];
  wires: readonly (Wire | undefined)[];
  marks: GraphMarks;
}

/** Columns stand two characters apart. */
function cellsOf(line: Line): string {
  const { own, joined, wires, marks } = line;
  const left = Math.min(own, ...joined);
  const right = Math.max(own, ...joined);
  const last = Math.max(own, wires.length - 1);
  const drawn = Array.from({ length: last + 1 }, (_, column) => {
    const between = column >= left && column < right ? marks.across : ' ';
    return `${cellAt(column, line, { left, right })}${between}`;
  });
  return drawn.join('').trimEnd();
}

function cellAt(column: number, { own, joined, wires, marks }: Line, { left, right }: { left: number; right: number }): string {
  if (column === own) return marks.step;
  const wire = wires[column];
  if (!joined.includes(column)) return wire !== undefined ? marks.line : column > left && column < right ? marks.across : ' ';
  const leads = column === left ? 'right' : column === right ? 'left' : 'both';
  const onwards = { right: 'onRight', left: 'onLeft', both: 'onBoth' } as const;
  return marks.join[wire?.open.size === 0 ? leads : onwards[leads]];
}
