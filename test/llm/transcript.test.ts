import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatMessageText } from '../../src/llm/chat/chat-message-text.ts';
import { renderTranscript, shownTurn, type Turn } from '../../src/llm/transcript.ts';
import { anyTurn } from '../support/any-content.ts';

const input = { requirement: 'Keep bookmarks.', files: [] };
const text = (message: Parameters<typeof chatMessageText>[0] | undefined) => chatMessageText(message ?? { content: [] });
const turns = fc.array(fc.record({ task: fc.string(), messages: anyTurn }), { maxLength: 6 });
const exchange = (user: string, assistant: string): Turn['messages'] => [
  { role: 'user', content: [{ type: 'text', text: user }] },
  { role: 'assistant', content: [{ type: 'text', text: assistant }] },
];

describe('renderTranscript', () => {
  it('only ever adds to the end: the transcript of each step begins with the one before and its turn, whatever parts it has', () => {
    fc.assert(
      fc.property(turns, fc.string({ minLength: 1 }), (all, message) => {
        for (let count = 0; count < all.length; count += 1) {
          const before = renderTranscript({ system: 'team', input, turns: all.slice(0, count), message }).slice(0, -1);
          const after = renderTranscript({ system: 'team', input, turns: all.slice(0, count + 1), message });
          const added = all[count]?.messages ?? [];
          expect(after.slice(0, before.length)).toEqual(before);
          // Before the very first message the input stands.
          const own = after.slice(before.length, -1);
          expect(count === 0 ? own.slice(1) : own).toEqual(count === 0 ? added.slice(1) : added);
          expect(own[0]?.content.at(-1)).toEqual(
            count === 0 && added[0]?.content.length === 1 && added[0].content[0]?.type === 'text'
              ? own[0]?.content.at(-1)
              : added[0]?.content.at(-1),
          );
        }
      }),
    );
  });

  it('alternates strictly after the system message', () => {
    fc.assert(
      fc.property(turns, (all) => {
        const roles = renderTranscript({ system: 'team', input, turns: all, message: 'now' }).map(({ role }) => role);
        expect(roles[0]).toBe('system');
        expect(roles.slice(1).every((role, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))).toBe(true);
      }),
    );
  });

  it('puts the requirement and then the project files before whichever turn stands first, and nowhere else', () => {
    const files = [{ path: 'src/a.md', content: 'a\n```\nb\n```' }];
    const messages = renderTranscript({
      system: 's',
      input: { ...input, files },
      turns: [{ task: 'a', messages: exchange('first', 'x') }],
      message: 'second',
    });
    expect(text(messages[1])).toBe('# Requirement\n\nKeep bookmarks.\n\n# Project files\n\n````src/a.md\na\n```\nb\n```\n````\n\nfirst');
    expect(text(messages[3])).toBe('second');
  });

  it('puts what stands of the project before the requirement, and what matters for it behind', () => {
    const project = { standing: '# Map\n\na.py\n', relevant: 'a.py: def a()' };
    const render = (system: string, given: object) =>
      text(renderTranscript({ system, input: { ...input, ...given }, turns: [], message: 'Do it.' }).at(-1));
    expect(render('s', { project })).toBe(
      '# Map\n\na.py\n\n# Requirement\n\nKeep bookmarks.\n\n# What matters of the project\n\na.py: def a()\n\nDo it.',
    );
    expect(render('', { project })).toBe(
      '# Map\n\na.py\n\n# What is to be done\n\nKeep bookmarks.\n\nThis matters of the project:\n\na.py: def a()\n\nDo it.',
    );
    for (const system of ['s', '']) expect(render(system, { project: { standing: '', relevant: '' } })).toBe(render(system, {}));
  });

  it('ends with the saved beginning of a reply, byte for byte, where one is continued', () => {
    const messages = renderTranscript({ system: 's', input, turns: [], message: 'm', saved: '  half a li' });
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: [{ type: 'text', text: '  half a li' }] });
    expect(renderTranscript({ system: 's', input, turns: [], message: 'm', saved: '' }).at(-1)?.role).toBe('user');
  });
});

describe('shownTurn', () => {
  it('leaves nothing out but the thoughts, where the model is not to see them again', () => {
    fc.assert(
      fc.property(anyTurn, (messages) => {
        expect(shownTurn('a', messages, { reasoning: 'keep' }).messages).toEqual(messages);
        const parts = (of: Turn['messages']) => of.flatMap(({ content }) => content);
        expect(parts(shownTurn('a', messages, { reasoning: 'leave_out' }).messages)).toEqual(
          parts(messages).filter(({ type }) => type !== 'reasoning'),
        );
      }),
    );
  });

  it('has the digest stand for everything that was answered', () => {
    const messages = [...exchange('Read a.py.', 'calling'), ...exchange('x = 1', 'It is one.')];
    expect(shownTurn('a', messages, { digest: '[short]', reasoning: 'keep' }).messages).toEqual(exchange('Read a.py.', '[short]'));
  });
});
