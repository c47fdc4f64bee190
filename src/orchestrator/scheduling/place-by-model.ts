import { type AskedModel, HeldModels, type ModelHost } from '../../llm/routing/model-changes.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { RunContext } from '../run-context.ts';
import { orderByChanges, type TaskWithModel } from './order-by-changes.ts';
import type { PlacementPolicy, ScheduledTask } from './scheduled-task.ts';

type Run = Pick<RunContext, 'journal' | 'modelOf'> & {
  /** What the servers do with their models, by place. */
  hosts: ReadonlyMap<string, ModelHost>;
};

/** Only so many of the tasks that are left are put into an order, those that come first in the workflow: it is made anew before each task. */
const mostOrdered = 256;

/**
 * Picks, among tasks of equal priority, one with which the rest of the run has its servers load the fewest models. Where no two models share a server that cannot
 * hold both, and among tasks that ask the same one, another policy decides.
 */
export function placeByModel(run: Run, others: PlacementPolicy): PlacementPolicy {
  return (ready) => {
    if (ready.length === 1) return ready[0]!;
    const { tasks: records } = run.journal.state;
    const [own, ...rest] = ready.map(({ task }) => askedBy(run, records.get(task)));
    // So it is in a run with one model, however long it is.
    if (rest.every((other) => isSame(other, own))) return others(ready);
    const left = [...records.values()]
      .filter(({ status }) => status === 'pending' || status === 'waiting')
      .toSorted((a, b) => a.number - b.number)
      .slice(0, mostOrdered);
    const asked = new Map(left.map((record) => [record.task, askedBy(run, record)]));
    if (!takeTurns(run, asked.values())) return others(ready);
    const tasks = left.map(({ task, dependencies, priority, number }): TaskWithModel => ({
      task,
      dependencies,
      priority,
      number,
      asks: asked.get(task),
    }));
    const order = orderByChanges(tasks, run.hosts, heldNow(run));
    const first = order.find(({ task }) => ready.some((one) => one.task === task));
    if (first === undefined) return others(ready);
    const same = (one: ScheduledTask) => isSame(asked.get(one.task), first.asks);
    return others(ready.filter(same));
  };
}

/** Whether a server would have to load a model more than once. */
function takeTurns({ hosts }: Run, asked: Iterable<AskedModel | undefined>): boolean {
  const models = new Map<string, Set<string>>();
  for (const one of asked) {
    if (one === undefined) continue;
    const there = models.get(one.place) ?? new Set();
    models.set(one.place, there.add(one.model));
  }
  return [...models].some(([place, { size }]) => size > Math.max(1, hosts.get(place)?.atOnce ?? 1));
}

/** What the servers hold after all that has been asked, as far as it follows from that. */
function heldNow(run: Run): HeldModels {
  const held = new HeldModels(run.hosts);
  const begun = [...run.journal.state.tasks.values()].filter(({ attempts }) => attempts > 0);
  for (const record of begun.toSorted((a, b) => lastBegun(a) - lastBegun(b))) {
    const asked = askedBy(run, record);
    if (asked !== undefined) held.ask(asked);
  }
  return held;
}

function lastBegun({ startedAt = 0, activities }: TaskRecord): number {
  return activities.at(-1)?.startedAt ?? startedAt;
}

/** An error here is reported when the task asks for its model. */
function askedBy({ modelOf }: Run, record: TaskRecord | undefined): AskedModel | undefined {
  if (record === undefined || record.role === '') return undefined;
  try {
    const { place, model } = modelOf(record);
    return { place, model: model.name };
  } catch {
    return undefined;
  }
}

function isSame(a: AskedModel | undefined, b: AskedModel | undefined): boolean {
  return a?.place === b?.place && a?.model === b?.model;
}
