import { textOfPart } from '../../events/content-part.ts';
import { isKeptFrom } from '../../state/run/is-kept-from.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import type { RunContext } from '../run-context.ts';
import type { Report } from '../journal/run-journal.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import { callsNatively } from '../calls-of.ts';
import { messagesBefore, systemMessage, turnsSeenBy } from './task-transcript.ts';
import { ancestorsOf, descendantsOf } from '../task-graph.ts';

export interface ShareBeginningsOptions {
  run: Pick<RunContext, 'journal' | 'preamble' | 'agentOf' | 'modelOf'>;
  /** Tasks that are about to begin together. */
  starting: readonly string[];
  signal: AbortSignal;
}

/** What is shorter than this many characters is read again as quickly as it is copied. */
const worthCopying = 1000;

/**
 * Has the server copy what tasks that begin now share with each other, or with later ones that may run beside them. It has to happen before the first of
 * them is sent: a slot that is at work can be saved only when it has ended.
 */
export async function shareBeginnings({ run, starting, signal }: ShareBeginningsOptions): Promise<Report[]> {
  const { state } = run.journal;
  if (state.transcript.turns !== 'graph' || state.maxParallel < 2) return [];
  const reports: Report[] = [];
  const served = new Set<string>();
  for (const task of starting) {
    const record = state.tasks.get(task);
    // What it may call stands before everything that others begin with.
    const isApart = record !== undefined && callsNatively({ run, task: record });
    const branches = isApart || served.has(task) ? [] : branchesOf(run, task);
    for (const other of branches) served.add(other);
    const { model, limitsOf } = run.modelOf(state.tasks.get(task));
    if (branches.length < 2 || model.prepare === undefined) continue;
    const messages = messagesBefore(run, task);
    if (messages.reduce((sum, { content }) => sum + content.map(textOfPart).join('').length, 0) < worthCopying) continue;
    const { sampling } = limitsOf(state.tasks.get(task) ?? { taskType: '', expects: 'text' });
    const last = messages.at(-1)?.role === 'assistant' ? 'whole' : 'beginning';
    const { server, usage, copies } = await model.prepare({ messages, last, branches: branches.length, sampling, signal });
    if (copies === 'kept' || usage.readTokens !== undefined)
      reports.push({
        type: 'prompt_cache.prepared',
        data: { purpose: 'branches', tasks: branches, copies, usage, ...(server === undefined ? {} : { server }) },
      });
  }
  return reports;
}

/** What each of them will see is worked out; the next ones are asked again when they are near. */
const mostCompared = 64;

/** The task and the others that will begin with the same and do not wait for it. */
function branchesOf(run: ShareBeginningsOptions['run'], task: string): string[] {
  const { state } = run.journal;
  const turns = turnsSeenBy(run, task);
  const record = state.tasks.get(task);
  const system = systemMessage(run, record);
  const own = run.modelOf(record);
  const after = descendantsOf([task], state.tasks.values());
  const isBranch = (other: TaskRecord) =>
    other.task !== task &&
    other.status === 'pending' &&
    !after.has(other.task) &&
    // Another model, or the same on another server, holds nothing of this one.
    run.modelOf(other).place === own.place &&
    run.modelOf(other).model.name === own.model.name &&
    !callsNatively({ run, task: other }) &&
    systemMessage(run, other) === system &&
    (turns.length === 0 || (showsTurns(run.modelOf(other).style.layout) && beginsWith(turnsToCome(state, other), turns)));
  const pending = state.tasks
    .values()
    .filter(({ status }) => status === 'pending')
    .take(mostCompared);
  return [task, ...[...pending].filter(isBranch).map((other) => other.task)];
}

/** Whose turns will stand in a task's transcript when it begins, in order. */
function turnsToCome(state: RunState, { task }: TaskRecord): string[] {
  const wanted = ancestorsOf(task, (name) => state.tasks.get(name)?.dependencies ?? []);
  const ended = new Set(['failed', 'skipped', 'cancelled']);
  return [...state.tasks.values()]
    .filter(
      ({ task: name, turn, status }) => wanted.has(name) && !isKeptFrom(state, name, task) && (turn !== undefined || !ended.has(status)),
    )
    .sort((a, b) => a.number - b.number)
    .map((record) => record.task);
}

function beginsWith(whole: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((name, index) => whole[index] === name);
}
