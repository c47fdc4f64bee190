import { type Cost, costOfCall, noCost, sumCost } from '../../events/cost-of-call.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { taskOfActivity } from '../../utils/run-id.ts';

/** What the calls that have ended have cost so far, from the events as they come. With one of which nobody knows the price, all together have cost "at least" the others. */
export class MoneyMeter {
  readonly #underWay = new Map<string, EventData<'call.priced'>>();
  readonly #tasks = new Map<string, Cost>();
  #total: Cost | undefined;

  /** Undefined: no model that somebody is paid for was asked. */
  get total(): Cost | undefined {
    return this.#total;
  }

  /** As `total`, of one task. */
  of(task: string): Cost | undefined {
    return this.#tasks.get(task);
  }

  priced(priced: EventData<'call.priced'>): void {
    this.#underWay.set(keyOf(priced.activity, priced.call), priced);
  }

  ended({ activity, call, usage, refused }: Pick<EventData<'call.ended'>, 'activity' | 'call' | 'usage' | 'refused'>): void {
    const key = keyOf(activity, call);
    const priced = this.#underWay.get(key);
    if (priced === undefined) return;
    this.#underWay.delete(key);
    const { prices } = priced;
    const cost: Cost = prices === undefined ? { least: 0 } : costOfCall({ ...priced, prices }, { usage, refused });
    const task = taskOfActivity(activity);
    this.#tasks.set(task, sumCost(this.#tasks.get(task) ?? noCost, cost));
    this.#total = sumCost(this.#total ?? noCost, cost);
  }
}

function keyOf(activity: string, call: number): string {
  return `${activity} ${call}`;
}
