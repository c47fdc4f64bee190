import type { Settings } from '../../config/settings-schema.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import { mostTokens } from '../../llm/budget/most-tokens.ts';
import { leastCostOf, smallestReply } from '../../llm/cost/least-cost-of.ts';
import { noPrice } from '../../llm/cost/no-price.ts';
import type { ModelPrice } from '../../llm/model-price.ts';
import { formatDollars } from '../../utils/format-dollars.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { withRepairUsers } from '../models/model-user.ts';
import type { RunModels } from '../models/run-models.ts';
import type { ModelUser } from '../run-context.ts';

export interface RequireAffordableOptions {
  settings: Settings;
  models: Pick<RunModels, 'of'>;
  /** Everybody who will ask a model. */
  users: readonly ModelUser[];
  /** What every prompt begins with. */
  beginning: readonly ChatMessage[];
  /** Of the budget, in billionths of a US dollar. */
  left: number;
}

/**
 * Before a run with a budget begins or goes on: that each of its models has a price, and that the budget has room for a short reply of one of them. A model that costs
 * nothing needs no room, and where others may stand in, one of these may need less.
 * @throws MultiagentError `budget.no_price`, `budget.too_small`.
 */
export function requireAffordable({ settings, models, users, beginning, left }: RequireAffordableOptions): void {
  if (settings.budget === 'none') return;
  const asked = withRepairUsers(settings, users).map((user) => {
    const { chosen, connection, model } = models.of(user);
    const price: ModelPrice = connection.priceOf?.(model) ?? { kind: 'free' };
    return { place: chosen.place, model, price };
  });
  for (const { place, model, price } of asked) {
    if (price.kind !== 'unknown') continue;
    const { code, message, hint } = noPrice(place, model);
    throw new MultiagentError({ category: 'usage', code, message, hint: `${hint} Or leave out the budget.` });
  }
  if (asked.length === 0 || settings.fallback.length > 0) return;
  const promptTokens = mostTokens(beginning) ?? 0;
  const cheapest = asked
    .map(({ price }) => (price.kind === 'priced' ? leastCostOf({ prices: price.prices, promptTokens, replyTokens: smallestReply }) : 0))
    .reduce((least, cost) => Math.min(least, cost));
  if (cheapest > left) throw tooSmall({ left, cheapest, budget: settings.budget });
}

function tooSmall({ left, cheapest, budget }: { left: number; cheapest: number; budget: number }): MultiagentError {
  // Rounded up: what is typed must be enough.
  const missing = Math.ceil((budget * 1e9 - left + cheapest) / 1e7) / 100;
  return new MultiagentError({
    category: 'usage',
    code: 'budget.too_small',
    message: `${formatDollars(left)} of the budget is left, and a call of this run can cost ${formatDollars(cheapest)} even with a short reply: nothing could be asked.`,
    hint: `Give it more: --budget ${missing} may be enough for a first call, and a whole run needs several.`,
  });
}
