import { mostCost, type PricedCall } from '../../events/cost-of-call.ts';

/** In tokens: for a shorter reply than this no prompt is paid for, unless a shorter one was asked for. */
export const smallestReply = 1024;

/** What a call costs at most with a reply that is just long enough. */
export function leastCostOf(call: PricedCall & { replyTokens: number }): number {
  return mostCost({ ...call, replyTokens: Math.min(call.replyTokens, smallestReply) });
}
