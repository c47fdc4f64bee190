import { expect, test } from 'vitest';
import { FramePainter } from '../../../../src/cli/views/live/frame-painter.ts';

function paperTerminal(columns: number) {
  const terminal = {
    written: [] as string[],
    width: columns,
    height: 24,
    write: (text: string) => void terminal.written.push(text),
    columns: () => terminal.width,
    rows: () => terminal.height,
  };
  return terminal;
}

test('after every frame the cursor is shown and lines wrap, in the same write', () => {
  const terminal = paperTerminal(80);
  const painter = new FramePainter(terminal);
  painter.paint(['one']);
  painter.paint(['one', 'two']);
  expect(terminal.written).toHaveLength(2);
  for (const text of terminal.written) {
    expect(text).toMatch(/^\x1b\[\?25l\x1b\[\?7l/u);
    expect(text).toMatch(/\x1b\[\?7h\x1b\[\?25h$/u);
  }
});

test('a frame begins where the one before began', () => {
  const terminal = paperTerminal(80);
  const painter = new FramePainter(terminal);
  painter.paint(['one', 'two', 'three']);
  painter.paint(['one']);
  expect(terminal.written[1]).toContain('\x1b[3A\r');
});

test('the same frame is not written again', () => {
  const terminal = paperTerminal(80);
  const painter = new FramePainter(terminal);
  painter.paint(['one']);
  painter.paint(['one']);
  expect(terminal.written).toHaveLength(1);
});

test('lines that a narrower terminal has broken are counted as it shows them', () => {
  const terminal = paperTerminal(80);
  const painter = new FramePainter(terminal);
  painter.paint(['x'.repeat(70), '']);
  terminal.width = 30;
  painter.paint(['x']);
  expect(terminal.written[1]).toContain('\x1b[4A');
});

test('of a frame that a lower window has pushed up, what a higher one shows again is painted over, and nothing above it', () => {
  const terminal = paperTerminal(80);
  const painter = new FramePainter(terminal);
  painter.paint(['1', '2', '3', '4', '5', '6', '7', '8']);
  const climbs = [5, 7, 24, 24].map((height, index) => {
    terminal.height = height;
    painter.paint(['a', 'b', 'c', `${index}`]);
    return /\x1b\[(\d+)A/.exec(terminal.written.at(-1) ?? '')?.[1];
  });
  // Four of the eight lines were pushed up; two came back with the window of seven lines, two with that of 24.
  expect(climbs).toEqual(['4', '6', '6', '4']);
});

test('a line is emptied before it is written, so that a terminal forgets how long it was and that it went on', () => {
  const terminal = paperTerminal(80);
  new FramePainter(terminal).paint(['one', 'two']);
  expect(terminal.written[0]).toContain('\x1b[2Kone\n\x1b[2Ktwo\n');
});
