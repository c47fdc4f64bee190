import { array, assert, integer, property, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { BadFrames, type SocketMessage, WebSocketFrames } from '../../../src/llm/server/web-socket-frames.ts';
import { frame, textFrame } from '../../support/fake-botserver/autotask-server.ts';

describe('the frames of a WebSocket', () => {
  it('give the same messages, whatever the pieces in which their bytes arrive', () => {
    assert(
      property(array(string({ maxLength: 300 })), integer({ min: 1, max: 40 }), (texts, size) => {
        const bytes = Buffer.concat(texts.map(textFrame));
        const frames = new WebSocketFrames();
        const found: SocketMessage[] = [];
        for (let at = 0; at < bytes.length; at += size) found.push(...frames.push(bytes.subarray(at, at + size)));
        expect(found).toEqual(texts.map((text) => ({ type: 'text', text: Buffer.from(text).toString('utf8') })));
      }),
    );
  });

  it('put a message together that comes in several, with a ping in between', () => {
    const bytes = [
      frame(1, Buffer.from('Hello, '), { isLast: false }),
      frame(9, Buffer.from('p')),
      frame(0, Buffer.from('wor'), { isLast: false }),
      frame(0, Buffer.from('ld')),
      frame(2, Buffer.from('binary')),
      frame(10, Buffer.alloc(0)),
      frame(8, Buffer.alloc(0)),
    ];
    expect(new WebSocketFrames().push(Buffer.concat(bytes))).toEqual([
      { type: 'ping', payload: Buffer.from('p') },
      { type: 'text', text: 'Hello, world' },
      { type: 'close' },
    ]);
  });

  it('read lengths of one, two and eight bytes', () => {
    for (const length of [0, 125, 126, 65_535, 65_536, 1024 * 1024])
      expect(new WebSocketFrames().push(textFrame('a'.repeat(length)))).toEqual([{ type: 'text', text: 'a'.repeat(length) }]);
  });

  test.each<[string, Buffer]>([
    ['a message that is too long, before it has arrived', frame(1, Buffer.alloc(1024 * 1024 + 1)).subarray(0, 10)],
    ['one that says to be endless', Buffer.from([0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['one that grows too long', Buffer.concat([frame(1, Buffer.alloc(1024 * 1024), { isLast: false }), frame(0, Buffer.alloc(1))])],
    [
      'one without an end',
      Buffer.concat(
        Array<Buffer>(70_000)
          .fill(frame(0, Buffer.alloc(0), { isLast: false }))
          .with(0, frame(1, Buffer.alloc(0), { isLast: false })),
      ),
    ],
    ['a masked frame', Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5])],
    ['bits that were not agreed on', Buffer.from([0xc1, 0x01, 0x61])],
    ['a frame of control that is too long', Buffer.from([0x89, 0x7e, 0x01, 0x00])],
    ['a frame of control in parts', Buffer.from([0x09, 0x00])],
    ['an unknown kind', Buffer.from([0x83, 0x00])],
    ['the middle of nothing', frame(0, Buffer.from('x'))],
    ['a beginning within a message', Buffer.concat([frame(1, Buffer.from('x'), { isLast: false }), textFrame('y')])],
  ])('are refused: %s', (_, bytes) => {
    expect(() => new WebSocketFrames().push(bytes)).toThrow(BadFrames);
  });
});
