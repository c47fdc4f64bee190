import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import type { ReplyRecord, RunState } from '../../state/run/run-records.ts';
import { isReply } from '../../state/run/activities-of.ts';

/** A run with a small model may take four times the tokens of one plain prompt; what is still to come is an estimate. */
const timesOfPlain = 3.9;
/** What a step that has not begun takes on average, read and written; measured on replies of a 1.5B coder. Around a tiny program it takes less. */
const tokensOfStep = 350;
const shareOfPlain = 0.65;

/**
 * Whether a run can pay for another try at a file and for the steps that are still to come. The price of one plain prompt is known from the run itself: the
 * first step that asks for files has a prompt of the same length, and its first replies are what a plain reply would hold.
 * @param due How many more files this step asks for.
 */
export function affordsAnotherTry(
  state: Pick<RunState, 'activities' | 'tasks' | 'prepared'>,
  { tried, due }: { tried: readonly string[]; due: number },
): boolean {
  const replies = [...state.activities.values()].filter(isReply);
  const first = firstReplies(replies);
  const written = sum(first.map(writtenIn));
  const rest = due * (written / Math.max(1, first.length));
  const plain = Math.max(0, ...first.map(({ usage }) => usage?.promptTokens ?? 0)) + written + rest;
  const spent = (state.prepared.usage.readTokens ?? 0) + sum(replies.map((reply) => readFor(reply) + writtenIn(reply)));
  const toCome =
    [...state.tasks.values()].filter(({ status }) => status === 'pending').length * Math.min(tokensOfStep, shareOfPlain * plain);
  const next = Math.max(0, ...replies.filter(({ activity }) => tried.includes(activity)).map(writtenIn));
  return spent + rest + toCome + next <= timesOfPlain * plain;
}

/** To each file of the first step that asked for files one by one, the reply that came first. */
function firstReplies(replies: readonly ReplyRecord[]): ReplyRecord[] {
  const judged = replies.filter((reply) => reply.judged !== undefined);
  const [{ task } = { task: undefined }] = judged;
  const first = new Map<string, ReplyRecord>();
  for (const reply of judged) {
    const path = reply.judged?.path ?? '';
    if (reply.task === task && !first.has(path)) first.set(path, reply);
  }
  return [...first.values()];
}

function writtenIn({ usage, text }: ReplyRecord): number {
  return usage?.replyTokens ?? estimateTokens(text);
}

/** Without what the server remembered. */
function readFor({ usage }: ReplyRecord): number {
  return usage?.readTokens ?? Math.max(0, (usage?.promptTokens ?? 0) - (usage?.cachedTokens ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}
