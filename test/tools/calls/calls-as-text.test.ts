import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../src/llm/chat-model.ts';
import { callsAnswered, callsAsText } from '../../../src/tools/calls/calls-as-text.ts';
import { readCalls } from '../../../src/tools/calls/read-calls.ts';

const text = (role: 'user' | 'assistant', words: string): ChatMessage => ({ role, content: [{ type: 'text', text: words }] });
const called = (...calls: [id: string, name: string, said: string][]): ChatMessage => ({
  role: 'assistant',
  content: calls.map(([id, name, said]) => ({ type: 'tool_call', id, name, arguments: said })),
});
const told = (...results: [id: string, said: string][]): ChatMessage => ({
  role: 'user',
  content: results.map(([id, said]) => ({ type: 'tool_result', id, text: said })),
});
const textOf = ({ content }: ChatMessage) => content.map((part) => (part.type === 'text' ? part.text : JSON.stringify(part))).join('');

describe('native calls shown as text', () => {
  it('stand as a model writes them where it calls in text, and so do their results', () => {
    const messages = [
      text('user', 'Look.'),
      { ...called(['a', 'search_files', '{"text":"RATE"}'], ['b', 'list_files', '{}']) },
      told(['a', 'tax.py:1: RATE'], ['b', 'tax.py']),
    ];
    const [first, second, third] = callsAsText(messages);
    expect(first).toEqual(messages[0]);
    expect(textOf(second!)).toBe('search_files(text="RATE")\nlist_files()\n');
    expect(textOf(third!)).toBe(
      '# What your calls say\n\nsearch_files(text="RATE"):\n```\ntax.py:1: RATE\n```\n\nlist_files():\n```\ntax.py\n```\n\nGo on with your step now.',
    );
  });

  it('stand behind the text of their reply, and results before other words', () => {
    const reply: ChatMessage = {
      role: 'assistant',
      content: [...text('assistant', 'I look.').content, ...called(['a', 'list_files', 'no JSON']).content],
    };
    const next: ChatMessage = { role: 'user', content: [...told(['a', 'wrong']).content, ...text('user', 'Give the files.').content] };
    const [said, asked] = callsAsText([reply, next]);
    expect(textOf(said!)).toBe('I look.\nlist_files("no JSON")\n');
    expect(textOf(asked!)).toMatch(/^# What your calls say\n\nlist_files\("no JSON"\):\n```\nwrong\n```\n\nGive the files\.$/);
  });

  it('are read as what they were, whatever their arguments', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer());
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), value, { maxKeys: 4 }), (given) => {
        const [reply] = callsAsText([called(['a', 'search_files', JSON.stringify(given)])]);
        expect(readCalls(textOf(reply!), ['search_files']).calls).toMatchObject([
          { name: 'search_files', given: { positional: [], named: given } },
        ]);
      }),
    );
  });
});

describe('calls of which nothing came', () => {
  it('are answered in the next message, and others stay as they are', () => {
    const messages = [
      text('user', 'Look.'),
      called(['a', 'x', '{}'], ['b', 'y', '{}']),
      told(['b', 'seen']),
      text('assistant', 'Done.'),
      text('user', 'And now?'),
    ];
    const [first, second, third, ...others] = callsAnswered(messages);
    expect([first, second, ...others]).toEqual([messages[0], messages[1], messages[3], messages[4]]);
    expect(third!.content).toEqual([
      { type: 'tool_result', id: 'a', text: 'It was not called.' },
      { type: 'tool_result', id: 'b', text: 'seen' },
    ]);
  });
});
