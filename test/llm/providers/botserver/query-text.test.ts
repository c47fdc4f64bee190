import { array, assert, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../../src/llm/chat-model.ts';
import { queryText } from '../../../../src/llm/providers/botserver/query-text.ts';
import { message } from '../../model-on-fake.ts';

describe('what an agent is asked', () => {
  it('is one message as it is, behind the system text', () => {
    expect(queryText([message('system', 'You are a team.'), message('user', 'Count.')])).toBe('You are a team.\n\nCount.');
    expect(queryText([message('user', 'Count.')])).toBe('Count.');
  });

  it('is a conversation with its turns in order, the newest last', () => {
    expect(queryText([message('system', 'Team.'), message('user', 'One?'), message('assistant', '1'), message('user', 'Two?')])).toBe(
      'Team.\n\n# You were asked\n\nOne?\n\n# You answered\n\n1\n\n# You are asked now\n\nTwo?',
    );
  });

  it('holds results of tools and no thoughts', () => {
    const messages: ChatMessage[] = [
      message('user', 'Read.'),
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'secret thought' },
          { type: 'text', text: 'I read.' },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', id: '1', text: 'the content' }] },
    ];
    expect(queryText(messages)).toContain('# You are asked now\n\nthe content');
    expect(queryText(messages)).not.toContain('secret thought');
  });

  it('loses no word of any message, in order', () => {
    const words = string({ minLength: 1 });
    assert(
      property(words, array(tuple(words, words)), words, (system, turns, last) => {
        const said = turns.flatMap(([asked, answered]) => [message('user', asked), message('assistant', answered)]);
        const query = queryText([message('system', system), ...said, message('user', last)]);
        let from = 0;
        for (const part of [system, ...turns.flat(), last]) {
          const at = query.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
        expect(query.endsWith(last)).toBe(true);
      }),
    );
  });
});
