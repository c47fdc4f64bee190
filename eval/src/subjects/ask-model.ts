import { OpenAI } from 'openai';
import { unlimitedFetch } from '../../../src/llm/server/unlimited-fetch.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import type { Tokens } from '../results/result-schema.ts';

export interface Question {
  baseUrl: string;
  /** The request without what makes it a stream. */
  body: { model: string; messages: { role: 'user'; content: string }[]; max_tokens: number; [option: string]: unknown };
  signal: AbortSignal;
  /** After which what has arrived is the answer. */
  seconds: number;
}

export interface Answer {
  text: string;
  /** What the server says, or `out-of-time`. */
  finishReason: string;
  tokens: Tokens;
}

/** What a llama-server adds to the last piece of a reply. */
interface Timings {
  prompt_n?: number;
  cache_n?: number;
  predicted_n?: number;
}

/**
 * One question, one answer, with nothing of the product in between.
 * @throws MultiagentError `eval.no_answer` where the server does not answer: that says nothing of the model.
 */
export async function askModel({ baseUrl, body, signal, seconds }: Question): Promise<Answer> {
  const client = new OpenAI({ baseURL: baseUrl, apiKey: 'not-needed', maxRetries: 0, logLevel: 'off', fetch: unlimitedFetch });
  const limit = AbortSignal.timeout(seconds * 1000);
  const answer: Answer = { text: '', finishReason: 'unknown', tokens: { read: null, cached: null, written: null, ideal: null } };
  try {
    const asked = { ...body, stream: true as const, stream_options: { include_usage: true } };
    const chunks = await client.chat.completions.create(asked, { signal: AbortSignal.any([signal, limit]), timeout: 2 ** 31 - 1 });
    for await (const chunk of chunks) {
      const [choice] = chunk.choices;
      answer.text += choice?.delta.content ?? '';
      answer.finishReason = choice?.finish_reason ?? answer.finishReason;
      const { timings, usage } = chunk as { timings?: Timings; usage?: OpenAI.CompletionUsage | null };
      if (usage) answer.tokens = tokensOf(usage);
      if (timings?.prompt_n !== undefined) {
        const { prompt_n: read, cache_n: cached = null, predicted_n: written = null } = timings;
        answer.tokens = { read, cached, written, ideal: null };
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { ...answer, finishReason: 'out-of-time' };
    throw new MultiagentError({
      code: 'eval.no_answer',
      message: `The model server at ${baseUrl} did not answer: ${(error as Error).message}`,
      hint: 'Start a llama-server, or name another with --base-url; what is done already is not done again.',
      cause: error,
    });
  }
  // A stream that ends without a reason was cut: the server is gone, and what came is no answer.
  if (answer.finishReason === 'unknown') {
    throw new MultiagentError({
      code: 'eval.no_answer',
      message: `The model server at ${baseUrl} broke off in mid-reply.`,
      hint: 'See its log; what is done already is not done again.',
    });
  }
  return answer;
}

function tokensOf(usage: OpenAI.CompletionUsage): Tokens {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return { read: usage.prompt_tokens - cached, cached, written: usage.completion_tokens, ideal: null };
}
