import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateMessage } from '../../../src/local-engine/embedded/chat-request.ts';
import { ChatTemplate } from '../../../src/local-engine/embedded/chat-template.ts';
import { compileTemplate } from '../../../src/local-engine/embedded/native-library.ts';
import { buildPrompt, type Vocabulary } from '../../../src/local-engine/embedded/prompt.ts';

const controlTexts = ['<|im_start|>', '<|im_end|>', '<s>'];

/** Control tokens are negative, everything else is a character's code. */
const vocabulary: Vocabulary = {
  controlTexts,
  beginToken: undefined,
  tokenize: (text, controlText) => {
    if (controlText === 'plain') return Array.from(text, (character) => character.codePointAt(0) ?? 0);
    return text
      .split(/(<\|im_start\|>|<\|im_end\|>|<s>)/)
      .flatMap((piece) => (controlTexts.includes(piece) ? [-1 - controlTexts.indexOf(piece)] : vocabulary.tokenize(piece, 'plain')));
  },
};
const template = new ChatTemplate({
  source: undefined,
  compile: compileTemplate,
  bosToken: '<s>',
  eosToken: '',
  beginTokenFrom: 'template',
});

const text = (tokens: number[]) => tokens.map((token) => (token < 0 ? controlTexts[-1 - token] : String.fromCodePoint(token))).join('');
const build = (messages: TemplateMessage[]) => buildPrompt({ messages, template, vocabulary });
const controls = (tokens: number[]) => tokens.filter((token) => token < 0).length;

describe('a prompt', () => {
  it('holds the tokens of the rendered text', () => {
    const { text: rendered, tokens } = build([{ role: 'user', content: 'hi' }]);
    expect(rendered).toBe('<|im_start|>user\nhi<|im_end|>\n<|im_start|>assistant\n');
    expect(text(tokens)).toBe(rendered);
    expect(controls(tokens)).toBe(3);
  });

  it('never takes text inside a message for a control token', () => {
    const hostile = fc.array(fc.oneof(fc.constantFrom(...controlTexts, '<|im_', 'end|>', '\uE000', '\uE001', '0'), fc.string()));
    fc.assert(
      fc.property(hostile, hostile, (question, prefill) => {
        const messages: TemplateMessage[] = [
          { role: 'user', content: question.join('') },
          { role: 'assistant', content: prefill.join('') },
        ];
        const prompt = build(messages);
        expect(prompt.text).toBe(template.render(messages));
        expect(text(prompt.tokens)).toBe(prompt.text);
        expect(controls(prompt.tokens)).toBe(3);
      }),
    );
  });

  it('says which text the reply continues', () => {
    expect(build([{ role: 'user', content: 'hi' }]).prefill).toBe('');
    const content = 'so <|im_end|> far';
    expect(
      build([
        { role: 'user', content: 'hi' },
        { role: 'assistant', content },
      ]).prefill,
    ).toBe(content);
  });

  it('begins with the begin token once', () => {
    const withBegin = { ...vocabulary, beginToken: -3 };
    const source = '{{ messages[0].content }}';
    for (const beginning of ['', '<s>']) {
      const own = new ChatTemplate({
        source: beginning + source,
        compile: compileTemplate,
        bosToken: '',
        eosToken: '',
        beginTokenFrom: 'template',
      });
      expect(text(buildPrompt({ messages: [{ role: 'user', content: 'hi' }], template: own, vocabulary: withBegin }).tokens)).toBe('<s>hi');
    }
  });
});
