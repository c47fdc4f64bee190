import { array, assert, integer, property, string, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { wordsOfReply } from '../../../src/cli/code/words-of-reply.ts';

const reply = 'First.\n\n```python:a.py\nA = 1\n```\n\nThen.\n\n```\nnot a file\n```\n';
const rangeOf = (text: string, part: string): [number, number] => [text.indexOf(part), text.indexOf(part) + part.length];

it('stands a name in the place of each file, and leaves the rest', () => {
  expect(wordsOfReply(reply, [{ path: 'a.py', range: rangeOf(reply, 'A = 1\n') }])).toBe(
    'First.\n\n[a.py]\n\nThen.\n\n```\nnot a file\n```',
  );
});

it('leaves a range that no fence stands around', () => {
  expect(wordsOfReply(reply, [{ path: 'a.py', range: rangeOf(reply, 'irst') }])).toBe(reply.trim());
});

it('throws for no range, whatever a journal says', () => {
  assert(
    property(string(), array(tuple(integer(), integer())), (text, ranges) => {
      expect(
        typeof wordsOfReply(
          text,
          ranges.map((range) => ({ path: 'x', range })),
        ),
      ).toBe('string');
    }),
  );
});
