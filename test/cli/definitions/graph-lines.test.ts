import * as fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { DrawnStep } from '../../../src/cli/definitions/drawn-step.ts';
import { asciiMarks, graphLines, unicodeMarks } from '../../../src/cli/definitions/graph-lines.ts';
import { inGraphOrder } from '../../../src/workflows/graph-order.ts';
import { soundGraphs } from '../../workflows/sound-graphs.ts';
import { drawn, nested } from './drawn-graphs.ts';

test.each<[what: string, steps: DrawnStep[], lines: string[]]>([
  ['a chain', [drawn('a'), drawn('b', ['a'])], ['●  a  does a', '●  b  does b']],
  [
    'branches that join',
    [drawn('a'), drawn('b', ['a']), drawn('c', ['a']), drawn('d', ['b', 'c'])],
    ['●    a  does a', '├─●  b  does b', '● │  c  does c', '●─╯  d  does d'],
  ],
  [
    'steps that have nothing to do with each other, none below another',
    [drawn('a'), drawn('b'), drawn('c')],
    ['●    a  does a', '  ●  b  does b', '●    c  does c'],
  ],
  [
    'a line that only crosses another is not interrupted, and one that joins is a corner',
    [drawn('a'), drawn('b'), drawn('c', ['a']), drawn('d', ['a', 'b']), drawn('e', ['c', 'd'])],
    ['●      a  does a', '│ ●    b  does b', '├─│─●  c  does c', '●─╯ │  d  does d', '●───╯  e  does e'],
  ],
  [
    'steps within steps, below the step that holds them',
    nested,
    [
      '●    first   does first',
      '├─●  rounds  does rounds',
      '│ │  ╭─ steps',
      '│ │  │ ●  review  does review',
      '│ │  │ ●  choice  does choice',
      '│ │  │    ╭─ cases[0].steps',
      '│ │  │    │ ●  rework  does rework',
      '│ │  │    ╰─',
      '│ │  │    ╭─ default',
      '│ │  │    │ ●  praise  does praise',
      '│ │  │    │ ●  more    does more',
      '│ │  │    ╰─',
      '│ │  ╰─',
      '● │  aside   does aside',
      '●─╯  last    does last',
    ],
  ],
  ['no steps', [], []],
])('%s', (_, steps, lines) => {
  expect(graphLines(steps, unicodeMarks)).toEqual(lines);
});

test('a terminal without Unicode gets ASCII', () => {
  expect(graphLines(nested, asciiMarks).join('')).toMatch(/^[ -~]+$/);
});

/** Follows the lines of a drawing of steps back from each step to those that it can be reached from. */
function read(lines: string[], ids: readonly string[]): Record<string, string[]> {
  const wires = new Map<number, string>();
  const found: Record<string, string[]> = {};
  for (const [index, line] of lines.entries()) {
    const id = ids[index]!;
    const cells = line.slice(0, line.indexOf(id));
    const own = cells.indexOf('●');
    let left = own;
    while ('─┴┼├╰│'.includes(cells[left - 1] ?? ' ') && cells[left - 1] !== ' ' && (left % 2 === 0 ? cells[left - 1] === '─' : true))
      left -= 1;
    let right = own;
    while ('─┴┼┤╯│'.includes(cells[right + 1] ?? ' ') && cells[right + 1] !== ' ' && (right % 2 === 0 ? cells[right + 1] === '─' : true))
      right += 1;
    const from = [...wires].flatMap(([column, step]) =>
      column === own || (column >= left && column <= right && '├┤┼┴╰╯'.includes(cells[column]!)) ? [step] : [],
    );
    found[id] = from.toSorted();
    for (const [column] of wires) if ('╰╯┴'.includes(cells[column]!)) wires.delete(column);
    wires.set(own, id);
    // A line goes on where the next row has something to join or to pass.
    const next = lines[index + 1];
    const below = next === undefined ? '' : next.slice(0, next.indexOf(ids[index + 1]!));
    for (const [column] of wires) if (!'│├┤┼┴╰╯●'.includes(below[column] ?? ' ') || (below[column] ?? ' ') === ' ') wires.delete(column);
  }
  return found;
}

it('whoever follows the lines finds exactly what each step depends on', () => {
  fc.assert(
    fc.property(soundGraphs, (nodes) => {
      const steps = inGraphOrder(nodes).map(({ id, depends_on: dependsOn }) => drawn(id, [...dependsOn]));
      const lines = graphLines(steps, unicodeMarks);
      const expected = Object.fromEntries(steps.map(({ id, dependsOn }) => [id, dependsOn.toSorted()]));
      expect(
        read(
          lines,
          steps.map(({ id }) => id),
        ),
      ).toEqual(expected);
    }),
  );
});
