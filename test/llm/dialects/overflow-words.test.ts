import { describe, expect, it } from 'vitest';
import { overflowIn } from '../../../src/llm/dialects/overflow-words.ts';

const told = (said: string, more: { status?: number; names?: string[] } = {}) =>
  overflowIn({ said, names: more.names ?? [], status: 'status' in more ? more.status : 400 });

describe('a prompt that does not fit the context', () => {
  it.each<[string, string, object]>([
    [
      'llama-server',
      'request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    ['llama-server while it writes', 'Context size has been exceeded.', {}],
    [
      'OpenAI',
      "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'OpenRouter',
      "This endpoint's maximum context length is 8,192 tokens. However, you requested about 9,000 tokens (8,000 of text input).",
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'text-generation-webui',
      'This model maximum context length is 8192 tokens. However, your messages take over 9000 tokens.',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'vLLM',
      'The decoder prompt (length 9000) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller.',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'SGLang',
      "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    ['LM Studio', 'The number of tokens to keep from the initial prompt is greater than the context length.', {}],
    ['TabbyAPI', 'Prompt length 9000 is greater than max_seq_len 8192', { promptTokens: 9000, contextTokens: 8192 }],
    [
      'TGI',
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 8000 `inputs` tokens and 1000 `max_new_tokens`',
      { promptTokens: 8000, contextTokens: 8192 },
    ],
    [
      'TGI, before it counts',
      'Input validation error: `inputs` must have less than 8192 tokens. Given: 9000',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    ['Ollama', 'the input length exceeds the context length', {}],
    ['Ollama, of a runner', 'input exceeds maximum context length and cannot be truncated further', {}],
    ['llama-cpp-python', 'Requested tokens (9000) exceed context window of 8192', { promptTokens: 9000, contextTokens: 8192 }],
    [
      'LiteLLM',
      'litellm.ContextWindowExceededError: litellm.BadRequestError: prompt is too long: 9000 tokens > 8192 maximum',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'Mistral',
      'Prompt contains 9000 tokens and 0 draft tokens, too large for model with 8192 maximum context length',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    ['Azure', 'Please reduce the length of the messages or completion.', {}],
    [
      'Gemini',
      'The input token count (9000) exceeds the maximum number of tokens allowed (8192).',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'xAI',
      "This model's maximum prompt length is 8192 but the request contains 9000 tokens.",
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'Cerebras',
      'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    [
      'MLC',
      'Request prompt has 9000 tokens in total, larger than the model input length limit 8192.',
      { promptTokens: 9000, contextTokens: 8192 },
    ],
    ['OpenVINO', 'Number of prompt tokens: 9000 exceeds model max length: 8192', { promptTokens: 9000, contextTokens: 8192 }],
    ['GPT4All', 'ERROR: The prompt size exceeds the context window size and cannot be processed.', {}],
    ['Kimi', 'Invalid request: Your request exceeded model token limit: 8192', { contextTokens: 8192 }],
    ['DashScope', 'Range of input length should be [1, 8192]', { contextTokens: 8192 }],
    ['Bedrock', 'Input is too long for requested model.', {}],
    ['Cohere', 'too many tokens: total number of tokens in the prompt cannot exceed 8192', {}],
    ['whoever says it simply', 'Your conversation is too long for this model', {}],
  ])('is told by %s', (_, said, counts) => {
    expect(told(said)).toEqual(counts);
    expect(told(said, { status: 500 })).toEqual(counts);
    expect(told(said, { status: undefined as unknown as number })).toEqual(counts);
  });

  it.each(['context_length_exceeded', 'ContextWindowExceededError', 'exceed_context_size_error', 'tokens_limit_reached'])(
    'is told by the name %s',
    (name) => {
      expect(told('No.', { names: [name] })).toEqual({});
    },
  );

  it('is told by the status for what is too large', () => {
    expect(told('Payload Too Large', { status: 413 })).toEqual({});
  });

  it.each([
    ['a rate limit', 'Rate limit reached for tokens per min (TPM): Limit 30000, Used 29000, Requested 9000. Please try again in 20s.', 429],
    ['a rate limit with another status', 'Requested 9000 tokens exceeds the limit of 8000 tokens per minute', 400],
    ['a quota', 'You exceeded your current quota, please check your plan and billing details.', 400],
    ['a key', 'This token has exceeded its maximum number of uses', 401],
    ['a field', "Unknown parameter: 'max_tokens'.", 400],
    ['a template', 'Conversation roles must alternate user/assistant/user/assistant/...', 400],
    ['memory', 'CUDA error: out of memory', 500],
    ['a batch', 'input (9000 tokens) is too large to process. increase the physical batch size', 500],
  ])('is not %s', (_, said, status) => {
    expect(told(said, { status })).toBeUndefined();
  });

  it('is looked for in the beginning of what a server says only, however much that is', () => {
    for (const word of [
      'tokens ',
      'prompt length 1 ',
      'exceed ',
      'context ',
      'maximum context length is 1 ',
      '9'.repeat(40),
      '输入',
      'only user ',
    ])
      expect(told(`${'x'.repeat(2000)}${word.repeat(160_000 / word.length)}`)).toBeUndefined();
  });
});
