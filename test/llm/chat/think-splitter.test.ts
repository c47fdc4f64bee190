import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinkSplitter } from '../../../src/llm/chat/think-splitter.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { message, modelOn, question, streamed } from '../model-on-fake.ts';

function split(pieces: readonly string[], written = '') {
  const splitter = new ThinkSplitter(written);
  const parts = [...pieces.flatMap((piece) => splitter.pass(piece)), ...splitter.end()];
  const joined = (type: 'reasoning' | 'text') => parts.map((part) => (part.type === type ? part.text : '')).join('');
  return { reasoning: joined('reasoning'), text: joined('text') };
}

describe('thinking inside a reply', () => {
  it.each([
    ['<think>Hm.</think>Yes.', 'Hm.', 'Yes.'],
    ['\n<think>\nHm.\n</think>\n\nYes.\n', '\nHm.\n', 'Yes.\n'],
    ['<think></think>Yes.', '', 'Yes.'],
    ['<think>It never ends', 'It never ends', ''],
    ['<think>1 < 2 </thin', '1 < 2 </thin', ''],
    ['Yes.', '', 'Yes.'],
    ['  Yes.', '', '  Yes.'],
    ['<thi', '', '<thi'],
    ['<thinker>', '', '<thinker>'],
    ['Use `<think>` and `</think>`.', '', 'Use `<think>` and `</think>`.'],
    ['<think>a</think>b<think>c</think>', 'a', 'b<think>c</think>'],
    ['', '', ''],
    ['<think>a</think>\n ', 'a', ''],
  ])('%j is taken apart', (whole, reasoning, text) => {
    expect(split([whole])).toEqual({ reasoning, text });
  });

  it('is taken apart alike however the reply is cut into pieces', () => {
    const tricky = fc.constantFrom('<think>', '</think>', '<', '/', 'think', '>', ' ', '\n', 'word');
    fc.assert(
      fc.property(fc.array(tricky, { maxLength: 12 }), fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (words, cuts) => {
        const whole = words.join('');
        const places = [0, ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
        expect(split(pieces)).toEqual(split([whole]));
      }),
    );
  });

  it('is not looked for where the reply has begun already', () => {
    expect(split(['<think>no</think>'], 'Said.')).toEqual({ reasoning: '', text: '<think>no</think>' });
  });

  it.each(['echoed', 'continued'] as const)(
    'comes as reasoning from a server, and a continuation (%s) is text from its first word',
    async (prefill) => {
      await using server = await startFakeLlamaServer({ reply: () => '<think>Let me see.</think>\n\nOne two three.', prefill });
      expect(await streamed(modelOn(server))).toMatchObject({ reasoning: 'Let me see.', text: 'One two three.', error: undefined });
      await using plain = await startFakeLlamaServer({ reply: () => 'One <think> three.', prefill });
      expect(await streamed(modelOn(plain), { messages: [...question, message('assistant', 'One ')] })).toMatchObject({
        reasoning: '',
        text: '<think> three.',
      });
    },
  );
});
