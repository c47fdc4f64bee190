import { privateWholes } from '../../state/run/private-wholes.ts';
import type { OtherActivityRecord, RunState } from '../../state/run/run-state.ts';
import type { ContentSource } from './reported-file.ts';

/** What a step did besides asking a model: a tool that was called, a command that ran, packages that were fetched, files that were read. */
export interface ReportedWork {
  task: string;
  kind: OtherActivityRecord['kind'];
  /** What was called or run, in one line. */
  what: string;
  /** `done`: it ended as it should. `unfinished`: it never ended. */
  outcome: 'done' | 'failed' | 'unfinished';
  /** Milliseconds; null: not known. */
  milliseconds: number | null;
  /** What came of it: a few words. */
  result: string;
  /** What was printed, or what the model was told; empty: nothing, or not known. */
  output: string;
}

/** Characters of each that are kept. */
const longestOutput = 20_000;
const longestArguments = 2_000;

/** What the steps of a run did besides asking a model, in step order. Steps that are private are left out. */
export async function reportedWork(state: RunState, store: ContentSource): Promise<ReportedWork[]> {
  const work: ReportedWork[] = [];
  for (const { task, activities } of state.tasks.values()) {
    if (privateWholes(state, task).length > 0) continue;
    for (const activity of activities) if (activity.kind !== 'reply') work.push({ task, ...(await toldOf(activity, store)) });
  }
  return work;
}

type Told = Omit<ReportedWork, 'task'>;

async function toldOf(activity: OtherActivityRecord, store: ContentSource): Promise<Told> {
  const { kind, status, error } = activity;
  const began = { kind, what: whatOf(activity), milliseconds: millisecondsOf(activity) };
  if (status !== 'completed') {
    const outcome = status === 'failed' ? 'failed' : 'unfinished';
    return { ...began, outcome, result: error?.message ?? 'it did not end', output: '' };
  }
  return { ...began, ...(await resultOf(activity, store)) };
}

async function resultOf(activity: OtherActivityRecord, store: ContentSource): Promise<Pick<Told, 'outcome' | 'result' | 'output'>> {
  const { kind, result } = activity;
  if (result === undefined) return { outcome: 'unfinished', result: 'it did not end', output: '' };
  if (kind === 'tool') {
    const { failed, repeated, exitCode, told, cut } = activity.result!;
    const words = [
      ...(failed ? ['did not do what was asked'] : []),
      ...(repeated ? ['answered as before'] : []),
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
      ...(cut === undefined ? [] : [`${cut.lines} lines left out`]),
    ];
    const text = Buffer.from((await store.getContent(told)) ?? '').toString('utf8');
    return { outcome: failed ? 'failed' : 'done', result: words.join(', ') || 'done', output: cutOutput(text) };
  }
  if (kind === 'read') {
    const shown = activity.result!.files.map(({ path, shown: how }) => `${path} (${how === 'not' ? 'not shown' : how})`);
    return { outcome: 'done', result: `${shown.length} ${shown.length === 1 ? 'file' : 'files'}`, output: cutOutput(shown.join('\n')) };
  }
  const { outcome, exitCode, output } = activity.result!;
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`;
  return {
    outcome: outcome === 'passed' ? 'done' : 'failed',
    result: `${outcome.replaceAll('_', ' ')}${code}`,
    output: cutOutput(output),
  };
}

function whatOf(activity: OtherActivityRecord): string {
  if (activity.kind === 'tool') return `${activity.tool} ${JSON.stringify(activity.arguments)}`.slice(0, longestArguments);
  if (activity.kind === 'read')
    return activity.paths.length === 0 ? 'files of the run' : activity.paths.join(', ').slice(0, longestArguments);
  return activity.command.slice(0, longestArguments);
}

function millisecondsOf({ startedAt, endedAt }: OtherActivityRecord): number | null {
  return endedAt === undefined ? null : Math.max(0, endedAt - startedAt);
}

/** The end says how it went. */
function cutOutput(text: string): string {
  return text.length <= longestOutput
    ? text
    : `… ${text.length - longestOutput} characters before this are left out …\n${text.slice(-longestOutput)}`;
}
