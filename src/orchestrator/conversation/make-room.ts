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
import { filesToChange } from '../working-set/files-to-change.ts';
import { filesInDigest } from './files-in-digest.ts';

export interface MakeRoomOptions {
  state: RunState;
  /** The task that does not fit, and whose turns stand in its transcript. */
  task: string;
  turns: string[];
  /** How many tokens too many there are. */
  excessTokens: number;
  tokensOf: (text: string) => number;
  /** The content of a version of a file. */
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>;
}

/**
 * Plans a new epoch of the transcript, in which digests replace some replies so that the task fits. First digests that show of each file what it defines, and all of
 * it where the task changes it; where these are too long, digests with names only. A reply that was cut stays cut for all later tasks, so that their transcripts
 * begin alike.
 * @returns undefined when nothing is left to cut.
 */
export async function makeRoom({
  state,
  task,
  turns,
  excessTokens,
  tokensOf,
  contentOf,
}: MakeRoomOptions): Promise<Extract<Report, { type: 'transcript.cut' }> | undefined> {
  const needs = neededBy(state, task);
  const record = state.tasks.get(task);
  const changed = record === undefined ? new Set<string>() : filesToChange(state, record).certain;
  const found = new Map<string, Cuttable>();
  for (const name of turns) {
    const turn = turnOf(name, state);
    if (turn === undefined) continue;
    const { reply, whole } = answersOf(turn);
    const place = { reply, ...whereItIs(state, name) };
    const short = digestReply({ ...place, shown: '' });
    const now = state.epoch.digests.get(name);
    if (now === short) continue;
    const shown = now === undefined ? await filesInDigest(state, name, { changed, contentOf }) : '';
    found.set(name, { before: whole.length, tokens: tokensOf(now ?? whole), long: now ?? digestReply({ ...place, shown }), short });
  }
  const plan = (excess: number, savedOf: (each: Cuttable) => number) => {
    const candidates = [...found].map(([name, each]) => ({ task: name, savedTokens: savedOf(each), needed: needs(name) }));
    const chosen = new Set(planCuts({ turns: candidates, excessTokens: excess }));
    return { chosen, saved: candidates.reduce((sum, { task: name, savedTokens }) => sum + (chosen.has(name) ? savedTokens : 0), 0) };
  };
  const long = plan(excessTokens, ({ tokens, long: digest }) => {
    const saved = tokens - tokensOf(digest);
    return saved < tokens * leastSaved ? 0 : saved;
  });
  const rest = excessTokens - long.saved;
  const short = plan(rest, ({ tokens, long: digest, short: names }) => Math.min(tokens, tokensOf(digest)) - tokensOf(names)).chosen;
  const cuts = [...new Set([...long.chosen, ...short])].flatMap((name) => {
    const each = found.get(name);
    if (each === undefined) return [];
    const digest = short.has(name) ? each.short : each.long;
    return [{ task: name, digest, charactersBefore: each.before, charactersAfter: digest.length }];
  });
  if (cuts.length === 0) return undefined;
  const reason = `The transcript of ${task} is about ${excessTokens} tokens longer than the model's context has room for.`;
  return { type: 'transcript.cut', data: { epoch: state.epoch.number + 1, reason, cuts } };
}

/** A digest that saves less of a reply is not worth that what follows is read again. */
const leastSaved = 1 / 8;

/** A reply, and what could stand for it. */
interface Cuttable {
  /** Its length in characters, and what it takes now: it may have been cut before. */
  before: number;
  tokens: number;
  long: string;
  short: string;
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
