import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldTranscripts } from '../../../src/llm/slots/held-transcripts.ts';
import { commonLength, repliedText, transcriptText } from '../../../src/llm/slots/transcript-text.ts';
import { message } from '../model-on-fake.ts';

const prefix = 'The team builds a coupon store. '.repeat(20);

describe('what the slots hold', () => {
  it('is nothing at first, and then the prompt with its reply', () => {
    const held = new HeldTranscripts(1);
    expect(held.longest(prefix)).toBe(0);
    const request = held.begin(prefix);
    expect([held.longest(`${prefix}reply`), held.longestIdle(prefix)]).toEqual([prefix.length, 0]);
    request.end(`${prefix}reply, and more`);
    expect([held.longest(`${prefix}reply`), held.longestIdle(`${prefix}reply`)]).toEqual([prefix.length + 5, prefix.length + 5]);
  });

  it('is unknown after a request that failed', () => {
    const held = new HeldTranscripts(1);
    held.begin(prefix).end(undefined);
    expect(held.longest(prefix)).toBe(0);
  });

  it('is one transcript for each slot: of several the one used longest ago is forgotten', () => {
    const held = new HeldTranscripts(2);
    for (const name of ['a', 'b', 'c']) held.begin(name.repeat(100)).end(name.repeat(100));
    expect(['a', 'b', 'c'].map((name) => held.longest(name.repeat(100)))).toEqual([0, 100, 100]);
  });

  it('is replaced where most of the next prompt was', () => {
    const held = new HeldTranscripts(2);
    held.begin(prefix).end(`${prefix}first`);
    held.begin('x'.repeat(500)).end('x'.repeat(500));
    held.begin(`${prefix}second`).end(`${prefix}second`);
    expect([held.longest(`${prefix}first`), held.longest('x'.repeat(500))]).toEqual([prefix.length, 500]);
  });

  it('stays with a slot that a request is pinned to', () => {
    const held = new HeldTranscripts(3);
    held.begin('a'.repeat(100), 2).end('a'.repeat(100));
    held.begin('b'.repeat(100), 0).end('b'.repeat(100));
    held.begin('c'.repeat(100), 2).end('c'.repeat(100));
    expect(held.longest('a'.repeat(100))).toBe(0);
    expect([held.leastUsed([0, 1, 2]), held.leastUsed([2, 0]), held.leastUsed([])]).toEqual([1, 0, undefined]);
  });

  it('never holds more texts than there are slots, nor more of a text than was sent, whatever is sent', () => {
    const text = fc.array(fc.constantFrom('go on ', 'again ', 'why '), { minLength: 1, maxLength: 6 }).map((words) => words.join(''));
    const order = fc.record({ text, slot: fc.option(fc.nat(2), { nil: undefined }), end: fc.constantFrom('reply', 'fail', 'never') });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(order, { maxLength: 12 }), text, (slots, orders, wanted) => {
        const held = new HeldTranscripts(slots);
        const sent: string[] = [];
        for (const { text: prompt, slot, end } of orders) {
          const request = held.begin(prompt, slot === undefined ? undefined : slot % slots);
          sent.push(`${prompt}reply`);
          if (end !== 'never') request.end(end === 'reply' ? `${prompt}reply` : undefined);
        }
        const most = Math.max(0, ...sent.map((one) => commonLength(one, wanted)));
        expect(held.longest(wanted)).toBeLessThanOrEqual(most);
        expect(held.longestIdle(wanted)).toBeLessThanOrEqual(held.longest(wanted));
        expect(new Set(sent.filter((one) => held.longest(one) === one.length)).size).toBeLessThanOrEqual(slots);
      }),
    );
  });
});

it.each([
  ['stands as a message of its own', [message('user', 'Design it.')], [message('user', 'Design it.'), message('assistant', 'A design.')]],
  [
    'that was continued stands as one',
    [message('user', 'Design it.'), message('assistant', 'Here is ')],
    [message('user', 'Design it.'), message('assistant', 'Here is A design.')],
  ],
])('a reply %s, as in the transcript of the next step', (_, messages, whole) => {
  expect(repliedText(transcriptText('m', messages), messages, 'A design.')).toBe(transcriptText('m', whole));
});

it('the common length of two texts is that of their longest common beginning', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3000 }), fc.string(), fc.string(), (beginning, a, b) => {
      const [one, other] = [beginning + a, beginning + b];
      const length = commonLength(one, other);
      expect(one.slice(0, length)).toBe(other.slice(0, length));
      expect(one[length] === undefined || one[length] !== other[length]).toBe(true);
    }),
  );
});
