import { describe, expect, it } from 'vitest';
import { parseChatRequest } from '../../../src/local-engine/embedded/chat-request.ts';

const messages = [{ role: 'user', content: 'hi' }];

describe('a chat request', () => {
  it('needs nothing but messages', () => {
    expect(parseChatRequest({ messages })).toEqual({
      messages,
      maxTokens: undefined,
      sampling: { temperature: undefined, topP: undefined, topK: undefined, minP: undefined, seed: undefined },
      stop: [],
      stream: false,
      includeUsage: false,
      returnProgress: false,
      cachePrompt: true,
      templateVariables: {},
    });
  });

  it.each([
    { body: { max_tokens: 5 }, maxTokens: 5 },
    { body: { max_completion_tokens: 6 }, maxTokens: 6 },
    { body: { max_tokens: 5, n_predict: 7 }, maxTokens: 7 },
    { body: { max_tokens: -1 }, maxTokens: undefined },
    { body: { max_tokens: null }, maxTokens: undefined },
    { body: { max_tokens: 0 }, maxTokens: 1 },
  ])('caps the reply as $body says', ({ body, maxTokens }) => {
    expect(parseChatRequest({ messages, ...body }).maxTokens).toBe(maxTokens);
  });

  it.each([
    { content: 'text', parsed: 'text' },
    { content: [{ type: 'text', text: 'one' }], parsed: 'one' },
    {
      content: [
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two' },
      ],
      parsed: 'one\ntwo',
    },
  ])('reads $content as text', ({ content, parsed }) => {
    expect(parseChatRequest({ messages: [{ role: 'user', content }] }).messages).toEqual([{ role: 'user', content: parsed }]);
  });

  it('takes over sampling, stop texts and the ways of answering', () => {
    const body = {
      temperature: 0.5,
      top_p: 0.9,
      top_k: 10,
      min_p: 0.1,
      seed: 3,
      stop: 'x',
      stream: true,
      stream_options: { include_usage: true },
    };
    expect(
      parseChatRequest({ messages, ...body, return_progress: true, cache_prompt: false, chat_template_kwargs: { a: 1 } }),
    ).toMatchObject({
      sampling: { temperature: 0.5, topP: 0.9, topK: 10, minP: 0.1, seed: 3 },
      stop: ['x'],
      stream: true,
      includeUsage: true,
      returnProgress: true,
      cachePrompt: false,
      templateVariables: { a: 1 },
    });
    expect(parseChatRequest({ messages, seed: -1 }).sampling.seed).toBeUndefined();
    expect(parseChatRequest({ messages, stop: ['a', '', 'b'] }).stop).toEqual(['a', 'b']);
  });

  it.each([
    { body: undefined, says: /the body/ },
    { body: {}, says: /'messages'/ },
    { body: { messages: [] }, says: /at least one message/ },
    { body: { messages: [{ role: 'user', content: 5 }] }, says: /'messages.0.content': expected a string or a list/ },
    { body: { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, says: /parts of type text/ },
    { body: { messages: [{ role: 'tool', content: '' }] }, says: /'messages.0.role'/ },
    { body: { messages: [{ role: 'user' }] }, says: /'messages.0.content'/ },
    { body: { messages, max_tokens: 'x' }, says: /'max_tokens'/ },
    { body: { messages, stop: 5 }, says: /'stop'/ },
    { body: { messages, tools: [{}] }, says: /does not support 'tools'/ },
    { body: { messages, response_format: { type: 'json_object' } }, says: /does not support 'response_format'/ },
    { body: { messages, grammar: 'root ::= "x"', n: 2 }, says: /does not support 'grammar', 'n'/ },
    {
      body: {
        messages: [
          { role: 'assistant', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      },
      says: /2 or more assistant/,
    },
  ])('is refused with a sentence: $says', ({ body, says }) => {
    expect(() => parseChatRequest(body)).toThrow(says);
    expect(() => parseChatRequest(body)).toThrow(expect.objectContaining({ status: 400, type: 'invalid_request_error' }));
  });

  it('accepts harmless forms of what is not supported', () => {
    const body = { messages, tools: [], grammar: '', response_format: { type: 'text' }, n: 1, logprobs: false };
    expect(parseChatRequest(body).messages).toEqual(messages);
  });
});
