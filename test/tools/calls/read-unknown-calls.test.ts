import { describe, expect, it } from 'vitest';
import { readUnknownCalls } from '../../../src/tools/calls/read-unknown-calls.ts';

describe('calls of tools that there are not', () => {
  it.each([
    ['find_files("tax")', ['find_files']],
    ['- find_files("tax")\n\nopen_file("a.py", 3)\n', ['find_files', 'open_file']],
    ['read_file("a")\nfind_files("tax")', ['read_file', 'find_files']],
  ])('are found where the reply is nothing else: %j', (reply, names) => {
    expect(readUnknownCalls(reply)?.calls.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    'I would use find_files("tax").',
    'find_files("tax")\nThen we see.',
    'print(1 + 1)',
    '```\nfind_files("tax")\n```',
    'a("1")\nb("2")\nc("3")\nd("4")\ne("5")\nf("6")',
    '',
  ])('are text elsewhere: %j', (reply) => {
    expect(readUnknownCalls(reply)).toBeUndefined();
  });

  it.each(['a(', 'a("', '- `', 'a("x")\n', ' '])('take time in proportion to the text: 300,000 characters of %j', (bit) => {
    expect(readUnknownCalls(bit.repeat(300_000 / bit.length))?.calls.length ?? 0).toBeLessThanOrEqual(1);
  });
});
