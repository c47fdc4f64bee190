import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SplitPart, ThinkSplitter } from '../../../src/llm/chat/think-splitter.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { message, modelOn, question, streamed } from '../model-on-fake.ts';

function split(pieces: readonly string[], written = '') {
  const splitter = new ThinkSplitter(written);
  const parts = [...pieces.flatMap((piece) => splitter.pass(piece)), ...splitter.end()];
  const ended = parts.findLastIndex((part) => part.type === 'thoughts_ended');
  const said = (part: SplitPart | undefined) => (part !== undefined && 'text' in part ? part.text : '');
  if (ended !== -1) {
    const was = parts.slice(0, ended).map(said).join('');
    return { reasoning: was, text: parts.slice(ended).map(said).join('') };
  }
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

it('does not hold back white space without end', () => {
  const splitter = new ThinkSplitter('');
  const parts = Array.from({ length: 20_000 }, () => splitter.pass('        ')).flat();
  expect([...parts, ...splitter.end()].map((part) => ('text' in part ? part.text : '')).join('')).toBe(' '.repeat(160_000));
  expect(parts.length).toBeGreaterThan(19_000);
});

const code = '```python:a.py\nx = 1\n```\n';

describe('blank space', () => {
  it.each([1, 999, 5000])('of %i lines in front of a reply that does not think stays its beginning', (lines) => {
    const reply = `${'\n'.repeat(lines)}Yes.`;
    expect(split([reply])).toEqual({ reasoning: '', text: reply });
    expect(split(reply.split(''))).toEqual({ reasoning: '', text: reply });
  });
});

describe('the marks of a family of models', () => {
  it.each([
    ['<thinking>\nHm.\n</thinking>\n\nYes.', '\nHm.\n', 'Yes.'],
    ['[THINK]Hm.[/THINK]Yes.', 'Hm.', 'Yes.'],
    ['◁think▷Hm.◁/think▷Yes.', 'Hm.', 'Yes.'],
    ['<seed:think>Hm.</seed:think>Yes.', 'Hm.', 'Yes.'],
    ['<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>Yes.', 'Hm.', 'Yes.'],
    ['<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes.', 'Hm.', 'Yes.'],
    ['<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.', 'Hm.', 'Yes.'],
    ['<|channel|>final<|message|>Yes.', '', 'Yes.'],
    ['Here is my thought process:\nHm.\nHere is my response:\nYes.', '\nHm.\n', 'Yes.'],
    ['<think>Hm.</think>\n<think>And.</think>\nYes.', 'Hm.And.', 'Yes.'],
    ['<think>\n\n</think>\n\n<answer>\nYes.', '\n\n', 'Yes.'],
  ])('%j', (reply, reasoning, text) => {
    expect(split([reply])).toEqual({ reasoning, text });
    expect(split(reply.split(''))).toEqual({ reasoning, text });
  });
});

describe('thoughts that the prompt has begun', () => {
  it.each([
    [`A draft:\n${code}\nNo.\n</think>\n\nYes.`, `A draft:\n${code}\nNo.\n`, 'Yes.'],
    ['Hm, yes.</think>Yes.', 'Hm, yes.', 'Yes.'],
    ['Hm.\n[/THINK]\nYes.', 'Hm.\n', 'Yes.'],
    ['Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.', 'Hm.', 'Yes.'],
    ['analysisHm.assistantfinalYes.', 'analysisHm.', 'Yes.'],
    ['Hm.\n</think>', 'Hm.\n', ''],
  ])('%j', (reply, reasoning, text) => {
    expect(split([reply])).toEqual({ reasoning, text });
    expect(split(reply.split(''))).toEqual({ reasoning, text });
  });

  it('are also what an earlier call has brought', () => {
    const splitter = new ThinkSplitter('So far I think');
    expect(splitter.pass(' so.</think>Yes.')).toEqual([
      { type: 'text', text: ' so.' },
      { type: 'thoughts_ended' },
      { type: 'text', text: 'Yes.' },
    ]);
  });

  it.each([
    ['in a file', '```html:a.html\n<b>\n</think>\n</b>\n```\n'],
    ['in inline code', 'It ends at `</think>` there.\n'],
    ['in quotes', 'It ends at "</think>" there.\n'],
    ['behind its beginning', 'Between <think> and </think> it thinks.\n'],
    ['in a word of its own', 'The final analysis of assistantfinal is this.'],
  ])('are no more than words %s', (_, reply) => {
    expect(split([reply])).toEqual({ reasoning: '', text: reply });
    expect(split(reply.split(''))).toEqual({ reasoning: '', text: reply });
  });
});
