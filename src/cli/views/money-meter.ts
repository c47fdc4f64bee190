import { type Cost, costOfCall, noCost, type PricedCall, sumCost } from '../../events/cost-of-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { taskOfActivity } from '../../utils/run-id.ts';

/** What the calls that have ended have cost so far, from the events as they come. */
export class MoneyMeter {
  readonly #underWay = new Map<string, PricedCall>();
  readonly #tasks = new Map<string, Cost>();
  #total: Cost | undefined;

  /** Undefined: nothing that has a price was asked. */
  get total(): Cost | undefined {
    return this.#total;
  }

  /** As `total`, of one task. */
  of(task: string): Cost | undefined {
    return this.#tasks.get(task);
  }

  priced({ activity, call, prices, promptTokens, replyTokens }: EventData<'call.priced'>): void {
    if (prices !== undefined) this.#underWay.set(keyOf(activity, call), { prices, promptTokens, replyTokens });
  }

  ended({ activity, call, usage, refused }: Pick<EventData<'call.ended'>, 'activity' | 'call' | 'usage' | 'refused'>): void {
    const key = keyOf(activity, call);
    const priced = this.#underWay.get(key);
    if (priced === undefined) return;
    this.#underWay.delete(key);
    const cost = costOfCall(priced, { usage, refused });
    const task = taskOfActivity(activity);
    this.#tasks.set(task, sumCost(this.#tasks.get(task) ?? noCost, cost));
    this.#total = sumCost(this.#total ?? noCost, cost);
  }
}

function keyOf(activity: string, call: number): string {
  return `${activity} ${call}`;
}
