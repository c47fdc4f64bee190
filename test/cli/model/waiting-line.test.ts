import { describe, expect, it } from 'vitest';
import { waitingLine } from '../../../src/cli/model/waiting-line.ts';

function shown(terminal: { isTTY?: boolean; columns?: number }) {
  let now = 0;
  const written: string[] = [];
  const output = { ...terminal, write: (text: string) => written.push(text) };
  const line = waitingLine(output, 'Waiting', { now: () => now, sleep: () => Promise.resolve() });
  return { line, written, wait: (seconds: number) => (now += seconds * 1000) };
}

describe('what is said while something takes its time', () => {
  it('is one line of a terminal, no longer than it is wide, and goes when it is over', () => {
    const { line, written, wait } = shown({ isTTY: true, columns: 20 });
    line.show('abc');
    wait(2);
    line.show('a long detail that does not fit');
    line.clear();
    line.clear();
    expect(written).toEqual(['\r\u001B[KWaiting (0 s) abc', '\r\u001B[KWaiting (2 s) a lon', '\r\u001B[K']);
  });

  it('is readable in a terminal that does not tell its width', () => {
    const { line, written } = shown({ isTTY: true, columns: 0 });
    line.show('loading the model');
    expect(written.join('')).toContain('loading the model');
  });

  it('is a line now and then elsewhere', () => {
    const { line, written, wait } = shown({});
    for (let second = 0; second < 40; second += 1) {
      line.show('\u001B[31mdetail');
      wait(1);
    }
    line.clear();
    expect(written).toEqual(['Waiting (0 s) detail\n', 'Waiting (15 s) detail\n', 'Waiting (30 s) detail\n']);
  });
});
