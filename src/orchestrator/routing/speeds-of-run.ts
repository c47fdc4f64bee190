import type { MeasuredModel, MeasuredSpeed } from '../../llm/routing/measured-speeds.ts';
import type { CallRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';

/** With fewer tokens than this, a speed says more about one moment than about a model. */
const fewest = { read: 200, written: 50 };

/** A shorter wait before the first token may be anything; a model is not loaded so fast. In milliseconds. */
const shortestLoad = 1000;

interface Sums {
  of: MeasuredModel;
  read: { tokens: number; milliseconds: number };
  written: { tokens: number; milliseconds: number };
  loads: number[];
}

/**
 * What a run has shown of the speed of its models, from what their servers have told of each call.
 * @param since Milliseconds since 1970: only replies that began later count. What was asked before the run was resumed, or in a run that it took over from, may have
 * been another model.
 */
export function speedsOfRun(state: RunState, since: number): (MeasuredModel & MeasuredSpeed)[] {
  const sums = new Map<string, Sums>();
  const lastAt = new Map<string, string>();
  for (const { task, call } of callsOf(state, since)) {
    const { usage, error } = call;
    const of = modelOf(state, task, call);
    const before = lastAt.get(of.address);
    lastAt.set(of.address, of.model);
    if (usage === undefined || error !== undefined) continue;
    const key = JSON.stringify(of);
    const sum = sums.get(key) ?? { of, read: nothing(), written: nothing(), loads: [] };
    sums.set(key, sum);
    const { readTokens, promptMilliseconds, replyTokens, replyMilliseconds, firstTokenMilliseconds } = usage;
    add(sum.read, readTokens, promptMilliseconds);
    add(sum.written, replyTokens, replyMilliseconds);
    const isChange = before !== undefined && before !== of.model;
    const load = (firstTokenMilliseconds ?? 0) - (promptMilliseconds ?? Infinity);
    if (isChange && load >= shortestLoad) sum.loads.push(load / 1000);
  }
  return [...sums.values()].flatMap(({ of, read, written, loads }) => {
    const speed: MeasuredSpeed = {
      ...(read.tokens >= fewest.read && { read: (read.tokens * 1000) / read.milliseconds }),
      ...(written.tokens >= fewest.written && { write: (written.tokens * 1000) / written.milliseconds }),
      ...(loads.length > 0 && { load: loads.reduce((sum, each) => sum + each, 0) / loads.length }),
    };
    return Object.keys(speed).length === 0 ? [] : [{ ...of, ...speed }];
  });
}

function callsOf({ tasks, inherits }: RunState, since: number): { task: TaskRecord; call: CallRecord }[] {
  const taken = new Set(inherits?.tasks);
  const own = [...tasks.values()].filter(({ task }) => !taken.has(task));
  const replies = own.flatMap((task) =>
    task.activities.flatMap((activity) => (activity.kind === 'reply' && activity.startedAt >= since ? [{ task, reply: activity }] : [])),
  );
  return replies
    .toSorted((a, b) => a.reply.startedAt - b.reply.startedAt)
    .flatMap(({ task, reply }) => reply.calls.map((call) => ({ task, call })));
}

function modelOf({ model, models = {}, laterModels }: RunState, { askedModel }: TaskRecord, { server }: CallRecord): MeasuredModel {
  const asked = askedModel !== undefined && Object.hasOwn(models, askedModel) ? models[askedModel]! : (laterModels.at(-1) ?? model);
  return { address: server ?? asked.address, model: asked.name };
}

function nothing(): Sums['read'] {
  return { tokens: 0, milliseconds: 0 };
}

function add(sum: Sums['read'], tokens: number | undefined, milliseconds: number | undefined): void {
  if (tokens === undefined || !milliseconds) return;
  sum.tokens += tokens;
  sum.milliseconds += milliseconds;
}
