import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlapLength } from '../../../src/llm/reply/growing-pattern.ts';
import { RepeatedEnd } from '../../../src/llm/reply/repeated-end.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n') });

describe('RepeatedEnd', () => {
  it('takes out of any pieces what their whole repeats of the end of the text', () => {
    fc.assert(
      fc.property(words, fc.array(words), (text, pieces) => {
        const repeated = new RepeatedEnd(text);
        const out = pieces.map((piece) => repeated.pass(piece)).join('') + repeated.end();
        const whole = pieces.join('');
        expect(out).toBe(whole.slice(overlapLength(text, whole)));
      }),
    );
  });

  it('holds nothing back once a piece cannot be a repetition any more', () => {
    const repeated = new RepeatedEnd('one two three');
    expect([repeated.pass('two '), repeated.pass('thr'), repeated.pass('ee four'), repeated.pass(' three')]).toEqual([
      '',
      '',
      ' four',
      ' three',
    ]);
    expect(repeated.end()).toBe('');
  });
});
