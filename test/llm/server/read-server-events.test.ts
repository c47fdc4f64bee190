import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TooMuchSaid } from '../../../src/llm/server/bounded-text.ts';
import { readServerEvents } from '../../../src/llm/server/read-server-events.ts';

async function eventsOf(pieces: readonly string[], most?: number) {
  const events = [];
  for await (const { name, data } of readServerEvents(arriving(pieces), most)) events.push([name, data]);
  return events;
}

async function* arriving(pieces: readonly string[]) {
  yield* pieces;
}

describe('the events of a stream', () => {
  it.each<[string, string, string[][]]>([
    ['one', 'data: {"a":1}\n\n', [['', '{"a":1}']]],
    ['named', 'event: error\ndata: x\n\n', [['error', 'x']]],
    ['on several lines', 'data: a\ndata: b\n\n', [['', 'a\nb']]],
    [
      'with other line breaks',
      'data:a\r\n\r\ndata:b\r\rdata:c\n\n',
      [
        ['', 'a'],
        ['', 'b'],
        ['', 'c'],
      ],
    ],
    ['at the end without an empty line', 'data: a', [['', 'a']]],
    ['without data', 'data:\n\nevent: ping\ndata:\n\nevent: x\n\ndata\n\nid: 4\n\n: comment\n\n', []],
    ['behind a mark of the encoding', '\u{feff}data: a\n\n', [['', 'a']]],
    ['an error line', 'error: {"code":500}\n\n', [['error', '{"code":500}']]],
    ['what is no event', '{"error":"x"}\n', [['stray', '{"error":"x"}']]],
  ])('%s', async (_, stream, events) => {
    expect(await eventsOf([stream])).toEqual(events);
  });

  it('are the same however small the pieces are', async () => {
    const words = ['data: ', 'x', '\r', '\n', '\r\n', ':', 'event: e', ' ', '{'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 30 }), async (parts) => {
        const text = parts.join('');
        expect(await eventsOf(text.split(''))).toEqual(await eventsOf([text]));
      }),
    );
  });

  it.each([
    ['a line', Array<string>(1000).fill('x'.repeat(100))],
    ['an event', Array<string>(1000).fill(`data: ${'x'.repeat(100)}\n`)],
  ])('are left where %s has no end', async (_, pieces) => {
    await expect(eventsOf(pieces, 10_000)).rejects.toThrow(TooMuchSaid);
  });
});
