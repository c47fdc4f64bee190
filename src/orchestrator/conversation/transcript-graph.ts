import { textOfPart } from '../../events/content-part.ts';
import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import { chatMessageText } from '../../llm/chat/chat-message-text.ts';
import { repliesOf, replyOf } from '../../state/run/activities-of.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { messagePieces } from './message-pieces.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { GraphExchange, GraphTask, TranscriptGraph } from '../../llm/budget/ideal.ts';
import type { ReplyRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';

/**
 * What the prompts of a run were made of, from what the server counted: a message is what its prompt held beyond the turns before it. Undefined where
 * the counts that this takes are not known.
 */
export function transcriptGraph(state: RunState): TranscriptGraph | undefined {
  const inherited = new Set(state.inherits?.tasks);
  const tasks = [...state.tasks.values()].filter(({ task }) => !inherited.has(task)).flatMap(triesOf);
  const activities = tasks.flatMap(({ activities: own }) => own).toSorted((a, b) => a.startedAt - b.startedAt);
  const first = activities[0];
  const measured = new Map(activities.map((activity) => [activity, measure(activity)]));
  const start = first && measured.get(first);
  if (first === undefined || start === undefined) return undefined;

  const baseCharacters = charactersBefore(state, inherited);
  const density = start.promptTokens / (baseCharacters + first.message.length);
  const graph: TranscriptGraph = {
    baseTokens: Math.round(density * baseCharacters),
    tasks: [],
    cuts: state.epoch.cuts.flatMap(({ cuts, time }) =>
      cuts.map(({ task, digest }) => ({ task, tokens: Math.round(digest.length * density), at: time })),
    ),
  };
  const exchanges = new Map<ReplyRecord, GraphExchange>();
  const tryOf = new Map(tasks.flatMap((of) => of.activities.map((activity) => [activity, of] as const)));
  for (const activity of activities) {
    const found = measured.get(activity);
    if (found === undefined) return undefined;
    const before = tokensBefore({ state, activity, graph, exchanges, together: tryOf.get(activity)?.activities ?? [] });
    exchanges.set(activity, {
      messageTokens: Math.max(0, found.promptTokens - before),
      pieces: showsTurns(state.transcript.layout) ? undefined : messagePieces(activity.message, Math.max(0, found.promptTokens - before)),
      before: activity.before,
      replyTokens: found.replyTokens,
      from: activity.startedAt,
      to: activity.endedAt ?? Infinity,
    });
  }
  graph.tasks = tasks.map(({ record, activities: own, turn }): GraphTask => ({
    task: record.task,
    role: record.role,
    model: record.askedModel,
    dependencies: record.dependencies,
    exchanges: own.flatMap((activity) => exchanges.get(activity) ?? []),
    turn,
  }));
  return graph;
}

interface Try {
  record: TaskRecord;
  activities: ReplyRecord[];
  turn: GraphTask['turn'];
}

/** A task that was done again has exchanges that are no part of its newest try: each stands for itself. Tasks that asked nothing are left out. */
function triesOf(record: TaskRecord): Try[] {
  const earlier = repliesOf({ activities: record.activities.slice(0, record.superseded) }).map((activity): Try => ({
    record,
    activities: [activity],
    turn: 'none',
  }));
  const newest = repliesOf({ activities: record.activities.slice(record.superseded) });
  return newest.length === 0 ? earlier : [...earlier, { record, activities: newest, turn: record.turn === undefined ? 'none' : 'stands' }];
}

/** What stands before the first message of the run, about as long as it is rendered. */
function charactersBefore(state: RunState, inherited: Set<string>): number {
  const { preamble = '', input } = state;
  const turns = [...inherited].flatMap((task) => {
    return (turnOf(task, state) ?? []).map(chatMessageText);
  });
  const { standing = '', relevant = '' } = input.project ?? {};
  return [preamble, standing, input.requirement, relevant, ...input.files.flatMap(({ path, content }) => [path, content]), ...turns].join(
    '\n\n',
  ).length;
}

/** Of one exchange: the prompt of its first call and its whole reply without reasoning. A call that broke off is filled in by those that told. */
function measure({ calls, cuts: all = [], text }: ReplyRecord): { promptTokens: number; replyTokens: number } | undefined {
  // Thoughts are counted as such, and are no part of what a call says.
  const cuts = all.filter(({ why }) => why !== 'thoughts');
  const told = calls.find(({ usage }) => usage?.promptTokens !== undefined && usage.replyTokens !== undefined);
  const { promptTokens, replyTokens } = told?.usage ?? {};
  if (told === undefined || promptTokens === undefined || replyTokens === undefined) return undefined;
  const spoken = (usage: typeof told.usage) => (usage?.replyTokens ?? 0) - (usage?.reasoningTokens ?? 0);
  const cut = cuts.find(({ call, at }) => call === told.call && at >= told.continues);
  const end = cut === undefined ? (calls[calls.indexOf(told) + 1]?.continues ?? text.length) : cut.at + cut.removed;
  const density = spoken(told.usage) / Math.max(1, end - told.continues);
  // What was cut back was written, and is not read again.
  const whole = cuts.length === 0 && calls.every(({ usage }) => usage?.replyTokens !== undefined);
  return {
    promptTokens: Math.round(promptTokens - told.continues * density),
    replyTokens: whole ? calls.reduce((sum, { usage }) => sum + spoken(usage), 0) : Math.round(text.length * density),
  };
}

interface BeforeOptions {
  state: RunState;
  activity: ReplyRecord;
  graph: TranscriptGraph;
  exchanges: Map<ReplyRecord, GraphExchange>;
  /** Those of the same try of the task. */
  together: readonly ReplyRecord[];
}

/** What stood in a prompt before its message. */
function tokensBefore({ state, activity, graph, exchanges, together }: BeforeOptions): number {
  const size = (record: ReplyRecord | undefined) => (record && exchanges.get(record)) ?? { messageTokens: 0, replyTokens: 0 };
  const turns = activity.turns.map((name) => {
    const digest = graph.cuts.findLast(({ task, at }) => task === name && at <= activity.startedAt);
    const [asked = 0, ...answers] = (state.tasks.get(name)?.turn ?? []).map((entry) => {
      if ('content' in entry) return estimateTokens(entry.content.map(textOfPart).join(''));
      const { messageTokens, replyTokens } = size(replyOf(state, entry.activity));
      return entry.role === 'user' ? messageTokens : replyTokens;
    });
    return asked + (digest?.tokens ?? answers.reduce((sum, tokens) => sum + tokens, 0));
  });
  const own = (activity.before === 'nothing' ? [] : together.slice(0, together.indexOf(activity))).map(
    (record) => size(record).messageTokens + size(record).replyTokens,
  );
  return [...turns, ...own].reduce((sum, tokens) => sum + tokens, graph.baseTokens);
}
