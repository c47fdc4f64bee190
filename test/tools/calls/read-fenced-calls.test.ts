import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFencedCalls } from '../../../src/tools/calls/read-fenced-calls.ts';

const names = ['read_file', 'search_files'];
const called = (reply: string) => readFencedCalls(reply, names)?.calls.map(({ name, given }) => [name, ...given.positional]);

describe('calls in a code block', () => {
  it.each<[string, string, unknown[][]]>([
    [
      'in a block',
      '```\nsearch_files("tax")\nread_file("a.py")\n```\n',
      [
        ['search_files', 'tax'],
        ['read_file', 'a.py'],
      ],
    ],
    ['in a block of a language, with words around', 'I look.\n\n```python\nread_file("a.py")\n```\nThen I go on.', [['read_file', 'a.py']]],
    ['on the line of the fence', '```search_files("tax")\n```', [['search_files', 'tax']]],
    [
      'in several blocks',
      '```\nread_file("a")\n```\n~~~\n\nread_file("b")\n~~~',
      [
        ['read_file', 'a'],
        ['read_file', 'b'],
      ],
    ],
    ['in a block that nothing closes', '```\nread_file("a")', [['read_file', 'a']]],
  ])('count where nothing else is in blocks: %s', (_, reply, calls) => {
    expect(called(reply)).toEqual(calls);
  });

  it.each([
    ['beside code', '```python\nread_file("a.py")\nprint(1)\n```'],
    ['in one of two blocks', '```\nread_file("a")\n```\n```python:b.py\nB = 1\n```'],
    ['of a name that is no tool', '```\nwrite_file("a")\n```'],
    ['that is none', '```\n```'],
    ['where there is no block', 'Nothing to call.'],
  ])('are code %s', (_, reply) => {
    expect(called(reply)).toBeUndefined();
  });

  it('leave what stands around them', () => {
    expect(readFencedCalls('I look.\n```\nread_file("a")\n```\nDone.', names)?.text).toBe('I look.\nDone.');
  });

  it('never throw', () => {
    const bits = ['```', '~~~', '\n', 'read_file("a")', 'x', ' ', '> ', '- ', '```python\n', '```read_file("b")\n'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 40 }), (parts) => {
        const found = readFencedCalls(parts.join(''), names);
        expect(found === undefined || found.calls.length > 0).toBe(true);
      }),
    );
  });
});
