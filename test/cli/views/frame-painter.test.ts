import { expect, test } from 'vitest';
import { FramePainter } from '../../../src/cli/views/frame-painter.ts';

function paperTerminal(columns: number) {
  const terminal = {
    written: [] as string[],
    width: columns,
    write: (text: string) => void terminal.written.push(text),
    columns: () => terminal.width,
    rows: () => 24,
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
