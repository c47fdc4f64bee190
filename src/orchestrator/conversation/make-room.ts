import { textOfPart, type TurnMessage } from '../../events/content-part.ts';
import { chatMessageText } from '../../llm/chat/chat-message-text.ts';
import { digestReply } from '../../llm/budget/digest-reply.ts';
import { planCuts } from '../../llm/budget/plan-cuts.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { artifactsOf } from '../../state/run/records-of-task.ts';
import { turnOf } from '../../state/run/turn-of.ts';
import { isSuperseded } from './is-superseded.ts';
import type { Report } from '../journal/run-journal.ts';
import { ancestorsOf } from '../task-graph.ts';

export interface MakeRoomOptions {
  state: RunState;
  /** The task that does not fit, and whose turns stand in its transcript. */
  task: string;
  turns: string[];
  /** How many tokens too many there are. */
  excessTokens: number;
  tokensOf: (text: string) => number;
}

/**
 * Plans a new epoch of the transcript, in which digests replace some replies so that the task fits. A reply that was cut stays cut for all later tasks, so
 * that their transcripts begin alike.
 * @returns undefined when nothing is left to cut.
 */
export function makeRoom({
  state,
  task,
  turns,
  excessTokens,
  tokensOf,
}: MakeRoomOptions): Extract<Report, { type: 'transcript.cut' }> | undefined {
  const needs = neededBy(state, task);
  const digests = new Map<string, { digest: string; before: number }>();
  const candidates = turns.flatMap((name) => {
    const turn = turnOf(name, state);
    if (turn === undefined || state.epoch.digests.has(name)) return [];
    const { reply, whole } = answersOf(turn);
    const digest = digestReply({ reply, ...whereItIs(state, name) });
    digests.set(name, { digest, before: whole.length });
    return [{ task: name, savedTokens: tokensOf(whole) - tokensOf(digest), needed: needs(name) }];
  });
  const cuts = planCuts({ turns: candidates, excessTokens }).flatMap((name) => {
    const found = digests.get(name);
    if (found === undefined) return [];
    return [{ task: name, digest: found.digest, charactersBefore: found.before, charactersAfter: found.digest.length }];
  });
  if (cuts.length === 0) return undefined;
  const reason = `The transcript of ${task} is about ${excessTokens} tokens longer than the model's context has room for.`;
  return { type: 'transcript.cut', data: { epoch: state.epoch.number + 1, reason, cuts } };
}

/** The reply that counts, and everything that its digest stands for: all that follows what was asked. */
function answersOf(turn: readonly TurnMessage[]): { reply: string; whole: string } {
  const answers = turn.slice(1).flatMap(({ content }) => content.filter(({ type }) => type !== 'reasoning'));
  return { reply: chatMessageText(turn.at(-1) ?? { content: [] }), whole: answers.map(textOfPart).join('') };
}

/** Who still needs a reply: the task at hand, a later one, or nobody; one of an earlier iteration of a loop least of all, whoever rests on it. */
function neededBy(state: RunState, task: string): (name: string) => 'superseded' | 'none' | 'later' | 'direct' {
  const dependenciesOf = (name: string) => state.tasks.get(name)?.dependencies ?? [];
  const direct = new Set(dependenciesOf(task));
  const later = ancestorsOf(task, dependenciesOf);
  for (const record of state.tasks.values()) {
    if (record.status !== 'pending' && record.status !== 'waiting') continue;
    for (const name of record.dependencies) later.add(name);
  }
  return (name) => {
    if (direct.has(name)) return 'direct';
    if (isSuperseded(state, name)) return 'superseded';
    return later.has(name) ? 'later' : 'none';
  };
}

function whereItIs(state: RunState, task: string): { files: string[]; savedAs?: string } {
  const own = artifactsOf(state, task);
  const saved = own.find(({ format }) => format === 'reply');
  const files = [...new Set(own.filter(({ format }) => format !== 'reply').map(({ path }) => path))];
  return { files, ...(saved ? { savedAs: saved.path } : {}) };
}
