import type { ModelPrices } from './model-prices.ts';
import type { Usage } from './usage.ts';

/**
 * What something has cost, in billionths of a US dollar: whole numbers, whose sum does not depend on their order. `least` is certain; `most` is more where a
 * provider did not tell what it counted, and absent where nothing limits it.
 */
export interface Cost {
  least: number;
  most?: number | undefined;
}

/** What is known of a call whose tokens cost something. */
export interface PricedCall {
  prices: ModelPrices;
  /** The most tokens that its prompt can have. */
  promptTokens: number;
  /** The most that its reply may have. Absent: nothing limits it. */
  replyTokens?: number | undefined;
}

/** Dollars per million tokens are thousands of billionths per token. */
const perToken = 1000;

/** What the counts of a call cost, as far as they are told. A count below zero, which only a journal of others can hold, is none: it would give money back. */
export function costOfUsage({ promptTokens, cachedTokens, cacheWriteTokens, replyTokens }: Usage, prices: ModelPrices): number {
  const { input, cachedInput, cacheWrite, output } = prices;
  const prompt = counted(promptTokens);
  // A provider that counts more in its cache than in the prompt is wrong about one of them.
  const cached = Math.min(counted(cachedTokens), prompt);
  const written = Math.min(counted(cacheWriteTokens), prompt - cached);
  const plain = prompt - cached - written;
  return Math.round((plain * input + cached * cachedInput + written * cacheWrite + counted(replyTokens) * output) * perToken);
}

function counted(tokens = 0): number {
  return Math.max(0, tokens);
}

/** As much as a prompt and a reply of so many tokens can cost, whatever the cache holds. */
export function mostCost({ prices, promptTokens, replyTokens }: PricedCall & { replyTokens: number }): number {
  const { input, cachedInput, cacheWrite, output } = prices;
  return Math.ceil((promptTokens * Math.max(input, cachedInput, cacheWrite) + replyTokens * output) * perToken);
}

/**
 * What a call has cost. Without both counts the truth lies between what is told and the most that the call could take.
 * @param usage As the provider told it, or what arrived of a reply that broke off. Absent: nothing is known.
 * @param refused The provider answered with an error instead of a reply, for which it takes nothing.
 */
export function costOfCall(call: PricedCall, { usage = {}, refused }: { usage?: Usage | undefined; refused?: true | undefined }): Cost {
  if (refused === true) return { least: 0, most: 0 };
  const least = costOfUsage(usage, call.prices);
  if (usage.promptTokens !== undefined && usage.replyTokens !== undefined) return { least, most: least };
  const { replyTokens } = call;
  return replyTokens === undefined ? { least } : { least, most: Math.max(least, mostCost({ ...call, replyTokens })) };
}

/** Both together. What is unlimited in one is in both. */
export function sumCost(a: Cost, b: Cost): Cost {
  const most = a.most === undefined || b.most === undefined ? undefined : a.most + b.most;
  return { least: a.least + b.least, most };
}

export const noCost: Cost = { least: 0, most: 0 };
