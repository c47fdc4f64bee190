import { describe, expect, it } from 'vitest';
import { contentPartsOf } from '../../../src/llm/dialects/content-parts.ts';

const text = (said: string) => ({ type: 'text', text: said });
const reasoning = (said: string) => ({ type: 'reasoning', text: said });

describe('a piece of a message', () => {
  it.each<[string, unknown, unknown[]]>([
    ['a text', { content: 'Hello' }, [text('Hello')]],
    [
      'parts of text',
      {
        content: [
          { type: 'text', text: 'He' },
          { type: 'output_text', text: 'llo' },
        ],
      },
      [text('He'), text('llo')],
    ],
    ['one part that stands alone', { content: { type: 'text', text: 'Hello' } }, [text('Hello')]],
    ['bare words in a list', { content: ['He', 'llo'] }, [text('He'), text('llo')]],
    [
      'thoughts in parts',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
          { type: 'text', text: 'Yes' },
        ],
      },
      [reasoning('Hm.'), text('Yes')],
    ],
    ['thoughts beside the text', { content: 'Yes', reasoning_content: 'Hm.' }, [reasoning('Hm.'), text('Yes')]],
    [
      'the same thoughts told twice',
      { reasoning: 'Hm.', reasoning_details: [{ type: 'reasoning.text', text: 'Hm.' }] },
      [reasoning('Hm.')],
    ],
    ['thoughts in details only', { reasoning: '', reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }] }, [reasoning('Hm.')]],
    ['thoughts under a name of their own', { thinking_blocks: [{ type: 'thinking', thinking: 'Hm.' }] }, [reasoning('Hm.')]],
    ['a refusal', { refusal: 'No.' }, [text('No.')]],
    [
      'parts that are no words',
      {
        content: [
          { type: 'image_url', image_url: { url: 'x' } },
          { type: 'audio', text: 'x' },
        ],
      },
      [],
    ],
    ['nothing', { role: 'assistant', content: null, reasoning_content: null }, []],
    ['nonsense', 7, []],
    ['numbers', { content: 7, reasoning: { depth: 3 } }, []],
  ])('%s', (_, delta, parts) => {
    expect(contentPartsOf(delta)).toEqual(parts);
  });

  it('is not followed into a depth without an end', () => {
    let deep: unknown = 'Hello';
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];
    expect(contentPartsOf({ content: deep })).toEqual([]);
  });
});
