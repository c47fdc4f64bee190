import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { eventsOfType } from './team-on-llama.ts';

/** What a run cost, in tokens, by the server's own timings. */
export interface TokenLedger {
  calls: number;
  /** Prompt tokens that were read; what the first call found in the cache was read by somebody else before and counts as read. */
  read: number;
  /** Prompt tokens that calls after the first found in the cache. */
  cached: number;
  written: number;
  /**
   * What has to be read at least where each transcript begins with the one before: the last prompt holds everything that was ever said, and of that the
   * earlier replies need no reading, because the model wrote them itself and the server still holds them.
   */
  fresh: number;
}

/** Only for runs in which one call follows the other and nothing was cut. */
export function tokenLedger(events: JournalEvent[]): TokenLedger {
  const calls = eventsOfType(events, 'call.ended').map(({ data }) => data.usage ?? {});
  const sum = (count: (usage: (typeof calls)[number]) => number | undefined, of = calls) =>
    of.reduce((total, usage) => total + (count(usage) ?? Number.NaN), 0);
  return {
    calls: calls.length,
    read: sum(({ readTokens }) => readTokens) + (calls[0]?.cachedTokens ?? Number.NaN),
    cached: sum(({ cachedTokens }) => cachedTokens, calls.slice(1)),
    written: sum(({ replyTokens }) => replyTokens),
    fresh: (calls.at(-1)?.promptTokens ?? Number.NaN) - sum(({ replyTokens }) => replyTokens, calls.slice(0, -1)),
  };
}
