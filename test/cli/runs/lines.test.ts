import { describe, expect, it } from 'vitest';
import { align } from '../../../src/cli/views/text-width.ts';
import { followUpLine } from '../../../src/cli/runs/next-lines.ts';
import { jsonLine } from '../../../src/cli/safe-json.ts';

describe('what is printed of runs', () => {
  it.each([
    ['in the current folder', '/home/me/app', [], 'multiagent resume r'],
    ['in another folder', '/home/me/other', [], 'multiagent resume r --workspace /home/me/other'],
    ['in a folder with a quote', "/home/me/it's", [], String.raw`multiagent resume r --workspace '/home/me/it'\''s'`],
    [
      'with a server elsewhere',
      '/home/me/app',
      ['models.example', 'gpu:8080'],
      'multiagent resume r --allow-remote models.example --allow-remote gpu:8080',
    ],
  ] as const)('says what to type to go on %s', (_, workspace, remote, line) => {
    expect(followUpLine({ command: 'resume', run: 'r', workspace, directory: '/home/me/app', remote })).toBe(line);
  });

  it('stands in columns, by the width that characters take, and obeys nothing', () => {
    expect(
      align([
        ['a', 'b', ''],
        ['日本', '\u001b[31mred', 'x\ny'],
      ]),
    ).toEqual(['a     b', String.raw`日本  red  x\ny`]);
  });

  it('is JSON that a terminal cannot obey and that a program reads as it was', () => {
    const value = { text: '\u001b[2J\u009b31m\u202e\n\u2028' };
    const line = jsonLine(value);
    expect(line.slice(0, -1)).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(line)).toEqual(value);
  });
});
