import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentPart } from '../../../../src/events/content-part.ts';
import type { ChatMessage } from '../../../../src/llm/chat-model.ts';
import { anthropicMessages } from '../../../../src/llm/providers/anthropic/anthropic-messages.ts';
import { refusalOf, type AnthropicBody } from '../../../support/fake-anthropic-server/check-request.ts';
import '../../../support/property-tests.ts';
import { message } from '../../model-on-fake.ts';

const mark = { cache_control: { type: 'ephemeral' } };
const text = (words: string) => ({ type: 'text' as const, text: words });
const unmarked = (messages: ChatMessage[]) => anthropicMessages(messages, { marks: 'unmarked', ending: 'trimmed' });

describe('messages in the form of Anthropic', () => {
  it('have the system text apart', () => {
    expect(unmarked([message('system', 'You are a team.'), message('user', 'Count.')])).toEqual({
      system: [text('You are a team.')],
      messages: [{ role: 'user', content: [text('Count.')] }],
    });
    expect(unmarked([message('user', 'Count.')]).system).toEqual([]);
  });

  it('alternate, and no text is empty: what says nothing is left out', () => {
    const { messages } = unmarked([message('user', 'One.'), message('assistant', ' \n'), message('user', 'Two.'), message('user', '')]);
    expect(messages).toEqual([{ role: 'user', content: [text('One.'), text('Two.')] }]);
  });

  it('end with the white space of a reply that is to be continued where the server takes it', () => {
    const { messages } = anthropicMessages([message('user', 'A'), message('assistant', 'D \n\n')], {
      marks: 'unmarked',
      ending: 'as_it_is',
    });
    expect(messages.at(-1)?.content).toEqual([text('D \n\n')]);
  });

  it('end without it elsewhere; earlier replies stay as they are', () => {
    const { messages } = unmarked([
      message('user', 'A'),
      message('assistant', 'B\n'),
      message('user', 'C'),
      message('assistant', 'D \n\n'),
    ]);
    expect(messages.map(({ content }) => content)).toEqual([[text('A')], [text('B\n')], [text('C')], [text('D')]]);
  });

  it('have calls of tools, their results before other parts, and images as blocks, and no earlier thoughts', () => {
    const { messages } = unmarked([
      { role: 'user', content: [text('Look.'), { type: 'image', mediaType: 'image/png', data: 'AAAA' }] },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Hm.' },
          text('I '),
          text('look.'),
          { type: 'tool_call', id: 't1', name: 'read', arguments: '{"path":"a"}' },
        ],
      },
      { role: 'user', content: [text('Well?'), { type: 'tool_result', id: 't1', text: 'found' }] },
      { role: 'assistant', content: [{ type: 'tool_call', id: 't2', name: 'read', arguments: 'not JSON' }] },
      { role: 'user', content: [{ type: 'acme:chart', bars: 3 }] },
    ]);
    expect(messages.map(({ content }) => content)).toEqual([
      [text('Look.'), { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }],
      [text('I look.'), { type: 'tool_use', id: 't1', name: 'read', input: { path: 'a' } }],
      [{ type: 'tool_result', tool_use_id: 't1', content: 'found' }, text('Well?')],
      [{ type: 'tool_use', id: 't2', name: 'read', input: { arguments: 'not JSON' } }],
      [{ type: 'acme:chart', bars: 3 }],
    ]);
  });

  it('are marked at the system text, the input, the newest turn and the newest question', () => {
    const conversation: ChatMessage[] = [
      message('system', 'S'),
      { role: 'user', content: [text('Input.'), text('First.')] },
      message('assistant', 'Reply one.'),
      message('user', 'Second.'),
      message('assistant', 'Reply two.'),
      message('user', 'Third.'),
      message('assistant', 'Begun'),
    ];
    const { system, messages } = anthropicMessages(conversation, { marks: 'marked', ending: 'trimmed' });
    expect(system).toEqual([{ ...text('S'), ...mark }]);
    expect(messages.map(({ content }) => content)).toEqual([
      [{ ...text('Input.'), ...mark }, text('First.')],
      [text('Reply one.')],
      [text('Second.')],
      [{ ...text('Reply two.'), ...mark }],
      [{ ...text('Third.'), ...mark }],
      [text('Begun')],
    ]);
  });
});

/** Any part of a conversation that a journal may have. */
const anyText = fc.oneof(fc.constantFrom('', ' ', '\n\n', 'word', ' word \n', '```ts\n'), fc.string({ maxLength: 12, unit: 'grapheme' }));
const anyPart: fc.Arbitrary<ContentPart> = fc.oneof(
  anyText.map((words): ContentPart => ({ type: 'text', text: words })),
  anyText.map((words): ContentPart => ({ type: 'reasoning', text: words })),
);
const anyConversation = fc
  .tuple(fc.option(anyText), fc.array(fc.array(anyPart, { maxLength: 3 }), { maxLength: 8 }), fc.boolean())
  .map(([system, contents, begun]): ChatMessage[] => [
    ...(system === null ? [] : [message('system', system)]),
    message('user', 'Begin.'),
    ...contents.map((content, index): ChatMessage => ({ role: index % 2 === 0 ? 'assistant' : 'user', content })),
    ...(begun ? [message('assistant', 'Begun. ')] : [message('user', 'End.')]),
  ]);

describe('any conversation', () => {
  it('is one that the service takes, with at most four marks', () => {
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const wire = anthropicMessages(conversation, { marks: 'marked', ending: 'trimmed' }) as unknown as AnthropicBody;
        expect(
          refusalOf(
            { model: 'm', max_tokens: 1, messages: wire.messages ?? [], ...(wire.system?.length ? { system: wire.system } : {}) },
            'reply',
          ),
        ).toBeUndefined();
      }),
    );
  });

  it('keeps every character of what was said, but for white space alone or at its end', () => {
    const said = (texts: string[]) => texts.join('').replaceAll(/\s/g, '');
    fc.assert(
      fc.property(anyConversation, (conversation) => {
        const { system, messages } = unmarked(conversation);
        const blocks = [...system, ...messages.flatMap(({ content }) => content as { text: string }[])];
        const parts = conversation.flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? [part.text] : [])));
        expect(said(blocks.map((block) => block.text))).toBe(said(parts));
      }),
    );
  });

  it('begins with the same blocks when it goes on, so that what was kept is found again', () => {
    fc.assert(
      fc.property(anyConversation, fc.string({ minLength: 1 }), (conversation, next) => {
        fc.pre(conversation.at(-1)?.role === 'user');
        const before = unmarked(conversation);
        const after = unmarked([...conversation, message('assistant', `Reply ${next}.`), message('user', 'More.')]);
        const flat = ({ messages }: typeof before) =>
          messages.flatMap(({ role, content }) => (content as object[]).map((block) => JSON.stringify([role, block])));
        expect(flat(after).slice(0, flat(before).length)).toEqual(flat(before));
      }),
    );
  });
});
