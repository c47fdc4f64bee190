import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StopTokenFilter } from '../../../src/llm/chat/stop-token-filter.ts';

function filtered(pieces: readonly string[]): string {
  const filter = new StopTokenFilter();
  return [...pieces.map((piece) => filter.pass(piece)), filter.end()].join('');
}

const whole = '```python:a.py\nx = 1\n```';

describe('tokens that end a reply', () => {
  it.each([
    ['behind a closing fence at the end', `${whole}<|im_end|>`, whole],
    ['with blank space behind them', `${whole} </s> \n`, `${whole}  \n`],
    ['several of them', `${whole}<|im_end|><|endoftext|>`, whole],
    ['between two files', `${whole}</s>\n${whole}`, `${whole}\n${whole}`],
    ['in place of a closing fence', '```python:a.py\nx = 1\n<|eot_id|>', '```python:a.py\nx = 1\n'],
    ['on a line of their own', 'One.\n<end_of_turn>\nTwo.', 'One.\n\nTwo.'],
    ['at the end of a sentence', 'Done.<｜end▁of▁sentence｜>', 'Done.'],
    ['in a part of a token that never ends', 'Done.<|im_e', 'Done.<|im_e'],
  ])('are taken out %s', (_, text, expected) => {
    expect(filtered([text])).toBe(expected);
  });

  it.each([
    ['in a string of a program', 'STOP = "<|im_end|>"\n'],
    ['in a list of them', '- `</s>`: Llama 2\n- `<|eot_id|>`: Llama 3\n'],
    ['as tags of HTML', '<p><s>old</s> new</p>\n<s>\nold\n</s>\nnew'],
    ['at the end of a line of code', 'prompt = text + <|endoftext|>\nprint(prompt)\n'],
    ['as a turn in the middle of a line', 'A prompt is `<|im_start|>user` and more.'],
    ['in a middle of a sentence', 'It ends with </s> there.'],
  ])('are left where they are words: %s', (_, text) => {
    expect(filtered([text])).toBe(text);
  });

  it.each([
    [`${whole}<|im_end|>\n<|im_start|>user\nThanks!`, `${whole}\n`],
    ['Yes.\n<start_of_turn>user\nAnd?', 'Yes.\n'],
    [`${whole}\n<|im_start|>assistant\n${whole}`, `${whole}\n\n${whole}`],
  ])('are followed by no turn of somebody else: %j', (text, expected) => {
    expect(filtered([text])).toBe(expected);
    expect(filtered(text.split(''))).toBe(expected);
  });

  it('are the same however small the pieces are', () => {
    const words = ['```', '\n', 'x', ' ', '</s>', '<|im_end|>', '<', '|', '<|', '[e~[', '"', '<|im_start|>user', '<|im_start|>assistant'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), fc.array(fc.nat({ max: 40 })), (parts, cuts) => {
        const text = parts.join('');
        const places = [...new Set(cuts.map((cut) => Math.min(cut, text.length)))].toSorted((a, b) => a - b);
        const pieces = [0, ...places].map((from, index) => text.slice(from, places[index]));
        expect(filtered(pieces)).toBe(filtered([text]));
      }),
    );
  });
});
