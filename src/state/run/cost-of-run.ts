import { type Cost, costOfCall, noCost, sumCost } from '../../events/cost-of-call.ts';
import { isReply, repliesOf } from './activities-of.ts';
import type { CallRecord, RunState, TaskRecord } from './run-records.ts';

/** What the calls of a run to one model have cost. */
export interface CostOfModel extends Cost {
  /** Whose model it is: a name in the settings. */
  place: string;
  model: string;
  calls: number;
  /** Calls of which nobody knows the price: they are not in `least` and `most`. */
  callsUnpriced: number;
}

/** What a run has cost so far, by its events alone. The work of runs that it builds on is theirs. */
export interface CostOfRun extends Cost {
  models: CostOfModel[];
  callsUnpriced: number;
}

/** Undefined for a run that has asked only models that cost nothing. */
export function costOfRun(state: Pick<RunState, 'activities'>): CostOfRun | undefined {
  const models = new Map<string, CostOfModel>();
  for (const call of callsOf(state)) {
    if (call.price === undefined) continue;
    const { place, model } = call.price;
    const key = JSON.stringify([place, model]);
    const known = models.get(key) ?? { place, model, calls: 0, callsUnpriced: 0, ...noCost };
    const cost = costOfCallRecord(call);
    models.set(key, {
      ...known,
      ...(cost === undefined ? {} : sumCost(known, cost)),
      calls: known.calls + 1,
      callsUnpriced: known.callsUnpriced + (cost === undefined ? 1 : 0),
    });
  }
  if (models.size === 0) return undefined;
  const all = [...models.values()].toSorted((a, b) => (JSON.stringify([a.place, a.model]) < JSON.stringify([b.place, b.model]) ? -1 : 1));
  return {
    ...all.reduce<Cost>(sumCost, noCost),
    models: all,
    callsUnpriced: all.reduce((sum, { callsUnpriced }) => sum + callsUnpriced, 0),
  };
}

/** The most that the calls of a run can have cost, in billionths of a US dollar. Of a call that nothing limits, what is certain. */
export function spentBy(state: Pick<RunState, 'activities'>): number {
  return callsOf(state).reduce((sum, call) => {
    const { least, most = least } = costOfCallRecord(call) ?? noCost;
    return sum + most;
  }, 0);
}

/** What is left of the budget, in billionths of a US dollar; undefined: there is none. */
export function leftOf(state: Pick<RunState, 'activities' | 'budget'>): number | undefined {
  return state.budget === undefined ? undefined : Math.max(0, state.budget - spentBy(state));
}

function callsOf({ activities }: Pick<RunState, 'activities'>): CallRecord[] {
  return [...activities.values()].flatMap((activity) => (isReply(activity) ? activity.calls : []));
}

/** What the calls of one task have cost; undefined where none of them costs anything, or nobody knows. */
export function costOfTask(task: TaskRecord): Cost | undefined {
  const costs = repliesOf(task).flatMap(({ calls }) => calls.flatMap((call) => costOfCallRecord(call) ?? []));
  return costs.length === 0 ? undefined : costs.reduce(sumCost, noCost);
}

function costOfCallRecord({ price, usage, refused }: CallRecord): Cost | undefined {
  if (price?.prices === undefined) return undefined;
  return costOfCall({ ...price, prices: price.prices }, { usage, refused });
}
