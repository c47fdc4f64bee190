import { describe, expect, it } from 'vitest';
import { addChunkUsage, type ChatChunk } from '../../../src/llm/chat/chat-chunk.ts';

const chunk = (told: Partial<ChatChunk> | { usage: null }) => ({ choices: [], ...told }) as unknown as ChatChunk;
const counts = { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107 };

describe('addChunkUsage', () => {
  it.each([
    ['nothing', {}, {}],
    ['usage that is null', { usage: null }, {}],
    ['counts without the cache: what was read is unknown', { usage: counts }, { promptTokens: 100, replyTokens: 7 }],
    [
      'counts with the cache',
      { usage: { ...counts, prompt_tokens_details: { cached_tokens: 60 } } },
      { promptTokens: 100, cachedTokens: 60, readTokens: 40, replyTokens: 7 },
    ],
    [
      'timings, which are more exact',
      {
        usage: { ...counts, prompt_tokens_details: { cached_tokens: 60 } },
        timings: { cache_n: 64, prompt_n: 36, prompt_ms: 5, predicted_ms: 9 },
      },
      { promptTokens: 100, cachedTokens: 64, readTokens: 36, replyTokens: 7, promptMilliseconds: 5, replyMilliseconds: 9 },
    ],
    ['zero as zero', { timings: { cache_n: 0, prompt_n: 5, predicted_n: 1 } }, { cachedTokens: 0, readTokens: 5, replyTokens: 1 }],
  ])('takes from a chunk %s', (_, told, usage) => {
    expect(addChunkUsage({}, chunk(told))).toEqual(usage);
  });

  it('keeps what an earlier chunk told', () => {
    expect(addChunkUsage({ promptTokens: 3 }, chunk({ timings: { cache_n: 1 } }))).toEqual({ promptTokens: 3, cachedTokens: 1 });
  });
});
