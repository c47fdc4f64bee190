import { z } from 'zod';
import { invalidRequest } from './server-error.ts';

/** A message in the form that chat templates need: plain text, three roles. */
export interface TemplateMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** Absent values have the default of the model file, else llama-server's own default. */
interface SamplingRequest {
  temperature?: number | undefined;
  topP?: number | undefined;
  topK?: number | undefined;
  minP?: number | undefined;
  seed?: number | undefined;
}

export interface ChatCompletionRequest {
  messages: TemplateMessage[];
  /** Tokens, at least 1; absent: until the model ends or the context is full. */
  maxTokens: number | undefined;
  sampling: SamplingRequest;
  stop: string[];
  stream: boolean;
  includeUsage: boolean;
  returnProgress: boolean;
  cachePrompt: boolean;
  /** Extra variables for the chat template, such as `enable_thinking`. */
  templateVariables: Record<string, unknown>;
}

const textPart = z.object({ type: z.literal('text', 'only parts of type text are understood'), text: z.string() });
const content = z
  .union([z.string(), z.array(textPart)], 'expected a string or a list of parts of type text')
  .transform((value) => (typeof value === 'string' ? value : value.map((part) => part.text).join('\n')));
const message = z.discriminatedUnion('role', [
  // "developer" is the newer name of the same role; templates know only "system".
  z.object({ role: z.enum(['system', 'developer']), content }).transform((value) => ({ ...value, role: 'system' as const })),
  z.object({ role: z.literal('user'), content }),
  z.object({ role: z.literal('assistant'), content: content.nullish().transform((value) => value ?? '') }),
]);

const tokenLimit = z.int().min(-1).nullish();
const schema = z.looseObject({
  messages: z.array(message).min(1, 'at least one message is needed'),
  n_predict: tokenLimit,
  max_completion_tokens: tokenLimit,
  max_tokens: tokenLimit,
  temperature: z.number().min(0).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.int().nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())], 'expected a string or a list of strings').nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  return_progress: z.boolean().nullish(),
  cache_prompt: z.boolean().nullish(),
  chat_template_kwargs: z.record(z.string(), z.unknown()).nullish(),
});

/** Fields that llama-server supports and this server does not. Ignoring them silently would mislead the client. */
const unsupported: Record<string, (value: unknown) => boolean> = {
  tools: (value) => Array.isArray(value) && value.length > 0,
  functions: (value) => Array.isArray(value) && value.length > 0,
  grammar: (value) => typeof value === 'string' && value !== '',
  json_schema: (value) => value !== undefined && value !== null,
  response_format: (value) => typeof value === 'object' && value !== null && (value as { type?: unknown }).type !== 'text',
  logprobs: (value) => value === true,
  n: (value) => typeof value === 'number' && value > 1,
};

/**
 * Reads the body of a chat completion.
 * @throws ServerError with status 400 and a sentence that names the field.
 */
export function parseChatRequest(body: unknown): ChatCompletionRequest {
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.length === 0 ? 'the body' : `'${path.join('.')}'`}: ${message}`,
    );
    throw invalidRequest(`The request cannot be understood: ${problems.join('; ')}.`);
  }
  const data = parsed.data;
  const refused = Object.keys(unsupported).filter((name) => unsupported[name]?.(data[name]));
  if (refused.length > 0) {
    throw invalidRequest(
      `The embedded server does not support ${refused.map((name) => `'${name}'`).join(', ')}. Use llama-server for that.`,
    );
  }
  if (data.messages.at(-1)?.role === 'assistant' && data.messages.at(-2)?.role === 'assistant') {
    throw invalidRequest('Cannot have 2 or more assistant messages at the end of the list.');
  }
  const limit = data.n_predict ?? data.max_completion_tokens ?? data.max_tokens ?? -1;
  const stop = typeof data.stop === 'string' ? [data.stop] : (data.stop ?? []);
  return {
    messages: data.messages,
    // Like llama-server, which samples one token even if asked for none.
    maxTokens: limit < 0 ? undefined : Math.max(1, limit),
    sampling: {
      temperature: data.temperature ?? undefined,
      topP: data.top_p ?? undefined,
      topK: data.top_k ?? undefined,
      minP: data.min_p ?? undefined,
      seed: data.seed === undefined || data.seed === null || data.seed < 0 ? undefined : data.seed,
    },
    stop: stop.filter((text) => text !== ''),
    stream: data.stream ?? false,
    includeUsage: data.stream_options?.include_usage ?? false,
    returnProgress: data.return_progress ?? false,
    cachePrompt: data.cache_prompt ?? true,
    templateVariables: data.chat_template_kwargs ?? {},
  };
}
