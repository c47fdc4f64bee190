import { sumUsage } from '../../events/sum-usage.ts';
import type { Usage } from '../../events/usage.ts';
import { ideal } from '../../llm/budget/ideal.ts';
import { repliesOf } from '../../state/run/activities-of.ts';
import type { CallRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { transcriptGraph } from '../conversation/transcript-graph.ts';
import { isTakenOver } from '../../state/run/ended-tasks.ts';

/** What model calls cost. Null means unknown, which is not zero; sums cover the calls that reported the count. */
export interface LedgerEntry {
  calls: number;
  /** Calls that did not report what they read, such as those that broke off. */
  calls_untold: number;
  /** Prompt tokens that were really read, and those that the server still held in its cache. */
  tokens_read: number | null;
  tokens_cached: number | null;
  /** Tokens of the replies, and how many of these were reasoning. */
  tokens_written: number | null;
  tokens_reasoning: number | null;
  /** The fewest prompt tokens that the same run could have read. */
  tokens_ideal: number | null;
  /** Mean over the calls that had one: from sending the call. */
  first_token_seconds: number | null;
  tokens_per_second: number | null;
}

/** What a run cost: as a whole, by role, by task. */
export interface RunLedger {
  run: LedgerEntry;
  roles: Record<string, LedgerEntry>;
  tasks: Record<string, LedgerEntry>;
}

/** The ledger of a run, derived from its state alone. The work of other runs is not included. */
export function runLedger(state: RunState): RunLedger {
  const tasks = [...state.tasks.values()].filter((task) => repliesOf(task).length > 0 && !isTakenOver(state, task));
  const ideals = idealsOf(state);
  const entryOf = (of: TaskRecord[]) => entry(of, ideals);
  const roles = [...new Set(tasks.map(({ role }) => role))];
  return {
    run: withPrepared(entryOf(tasks), state),
    roles: Object.fromEntries(roles.map((role) => [role, entryOf(tasks.filter((task) => task.role === role))])),
    tasks: Object.fromEntries(tasks.map((task) => [task.task, entryOf([task])])),
  };
}

/** What was read ahead of the calls counts for the run and for none of its tasks. */
function withPrepared(run: LedgerEntry, { prepared }: RunState): LedgerEntry {
  const { readTokens } = prepared.usage;
  return readTokens === undefined ? run : { ...run, tokens_read: (run.tokens_read ?? 0) + readTokens };
}

/** By task; undefined if unknown. */
function idealsOf(state: RunState): Map<string, number> | undefined {
  const graph = transcriptGraph(state);
  if (graph === undefined) return undefined;
  const { turns, layout } = state.transcript;
  const slotsOf = (model: string | undefined) => (model === undefined ? state.model : state.models?.[model])?.slots ?? state.maxParallel;
  const costs = ideal(graph, { turns, prompt: layout }, slotsOf, state.prepared.copies);
  const ideals = new Map<string, number>();
  for (const [place, { task }] of graph.tasks.entries()) ideals.set(task, (ideals.get(task) ?? 0) + (costs[place] ?? 0));
  return ideals;
}

function entry(tasks: TaskRecord[], ideals: Map<string, number> | undefined): LedgerEntry {
  const calls = tasks.flatMap((task) => repliesOf(task).flatMap((reply) => reply.calls));
  const usage = calls.reduce<Usage>((sum, call) => sumUsage(sum, call.usage ?? {}), {});
  const known = tasks.map(({ task }) => ideals?.get(task)).filter((tokens) => tokens !== undefined);
  return {
    calls: calls.length,
    calls_untold: calls.filter((call) => call.usage?.readTokens === undefined).length,
    tokens_read: usage.readTokens ?? null,
    tokens_cached: usage.cachedTokens ?? null,
    tokens_written: usage.replyTokens ?? null,
    tokens_reasoning: usage.reasoningTokens ?? null,
    tokens_ideal: known.length === tasks.length && tasks.length > 0 ? known.reduce((sum, tokens) => sum + tokens, 0) : null,
    first_token_seconds: firstTokenSeconds(calls),
    tokens_per_second: speedOf(calls),
  };
}

function firstTokenSeconds(calls: CallRecord[]): number | null {
  const told = calls.map(({ usage }) => usage?.firstTokenMilliseconds).filter((milliseconds) => milliseconds !== undefined);
  return told.length === 0 ? null : told.reduce((sum, milliseconds) => sum + milliseconds, 0) / told.length / 1000;
}

/** Only calls that reported both count. */
function speedOf(calls: CallRecord[]): number | null {
  const told = calls.filter(({ usage }) => usage?.replyTokens !== undefined && usage.replyMilliseconds);
  const sum = (count: 'replyTokens' | 'replyMilliseconds') => told.reduce((total, { usage }) => total + (usage?.[count] ?? 0), 0);
  return told.length === 0 ? null : (sum('replyTokens') / sum('replyMilliseconds')) * 1000;
}
