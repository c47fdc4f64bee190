import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTranscript, type Turn } from '../../src/llm/transcript.ts';

const input = { requirement: 'Keep bookmarks.', files: [] };
const text = (message: { content: { text: string }[] } | undefined) => message?.content.map((part) => part.text).join('') ?? '';
const turns = fc.array(fc.record({ task: fc.string(), user: fc.string({ minLength: 1 }), assistant: fc.string({ minLength: 1 }) }), {
  maxLength: 6,
});

describe('renderTranscript', () => {
  it('only ever adds to the end: the transcript of each step begins with the one before and its reply', () => {
    fc.assert(
      fc.property(turns, fc.string({ minLength: 1 }), (all, message) => {
        for (let count = 0; count < all.length; count += 1) {
          const turn = all[count] as Turn;
          const before = renderTranscript({ system: 'team', input, turns: all.slice(0, count), message: turn.user });
          const after = renderTranscript({ system: 'team', input, turns: all.slice(0, count + 1), message });
          expect(after.slice(0, before.length)).toEqual(before);
          expect(text(after[before.length])).toBe(turn.assistant);
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
      turns: [{ task: 'a', user: 'first', assistant: 'x' }],
      message: 'second',
    });
    expect(text(messages[1])).toBe('# Requirement\n\nKeep bookmarks.\n\n# Project files\n\n````src/a.md\na\n```\nb\n```\n````\n\nfirst');
    expect(text(messages[3])).toBe('second');
  });

  it('ends with the saved beginning of a reply, byte for byte, where one is continued', () => {
    const messages = renderTranscript({ system: 's', input, turns: [], message: 'm', saved: '  half a li' });
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: [{ type: 'text', text: '  half a li' }] });
    expect(renderTranscript({ system: 's', input, turns: [], message: 'm', saved: '' }).at(-1)?.role).toBe('user');
  });
});
