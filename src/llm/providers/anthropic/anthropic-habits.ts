import { overflowIn } from '../../dialects/overflow-words.ts';
import type { ServerAnswer } from '../../server/server-answer.ts';
import type { AnthropicWire } from './anthropic-messages.ts';

/** How a server is told the shape of a reply: as a setting of its own, as the input of a tool that must be called, or not at all, since the caller checks the reply. */
export type ShapeWay = 'output_config' | 'tool' | 'none';

/** What a server has been found to accept in requests for a model. */
export interface AnthropicHabits extends AnthropicWire {
  /** Fields that are not sent. */
  leftOut: ReadonlySet<string>;
  shape: ShapeWay;
  /** The most tokens that it allows for one reply; more are not asked for. */
  replyTokens?: number | undefined;
}

/** What is different from now on, and how to say it at the end of a sentence, if that matters to a person. */
export interface Learned {
  habits: AnthropicHabits;
  says?: string;
}

type Lesson = (said: string, habits: AnthropicHabits, body: object) => Learned | undefined;

/** Words of a refusal that could be met by another request. */
const refuses =
  /not (?:be )?(?:supported|permitted|allowed|available|accepted|a valid|recogni[sz]ed)|(?:does not|doesn't|cannot|can't|no longer) (?:support|accept|allow|be|both)|unsupported|unknown|unexpected|extra inputs|deprecated|only one|invalid|must (?:be|end|not)/i;

const leavable = ['top_p', 'top_k', 'temperature', 'stop_sequences'] as const;

const trailing = /trailing white ?space/i;

const lessons: readonly Lesson[] = [
  (said, habits) => {
    const [, most] = /max_tokens: ?\d{1,12} > (\d{1,12})/.exec(said) ?? [];
    const replyTokens = Number(most ?? 0);
    if (replyTokens < 1 || replyTokens >= (habits.replyTokens ?? Infinity)) return undefined;
    return { habits: { ...habits, replyTokens }, says: `allows ${replyTokens} tokens for a reply: no more are asked for` };
  },
  // Only where it must be: without it, the pieces of words are others than those that the model wrote, and small models go on wrongly.
  (said, habits) => (habits.ending === 'as_it_is' && trailing.test(said) ? { habits: { ...habits, ending: 'trimmed' } } : undefined),
  (said, habits, body) => {
    if (habits.shape === 'none' || !('output_config' in body || 'tool_choice' in body)) return undefined;
    if (!/output_config|output_format|json_schema|schema|\btools?\b|tool_choice/i.test(said)) return undefined;
    const shape = habits.shape === 'output_config' ? 'tool' : 'none';
    const says = shape === 'tool' ? 'as the input of a tool' : 'not at all, and the reply is checked';
    return { habits: { ...habits, shape }, says: `does not take the shape of a reply in this way: it is told ${says}` };
  },
  (said, habits) =>
    habits.marks === 'marked' && /cache_control/i.test(said)
      ? { habits: { ...habits, marks: 'unmarked' }, says: 'takes no marks for its cache: they are left out' }
      : undefined,
  (said, habits, body) => {
    const field = leavable.find((name) => name in body && new RegExp(String.raw`\b${name}\b`).test(said));
    if (field === undefined || habits.leftOut.has(field)) return undefined;
    return { habits: { ...habits, leftOut: new Set([...habits.leftOut, field]) }, says: `does not take "${field}": it is left out` };
  },
];

/** Learns from a refusal. @returns undefined if another request would not help. */
export function learnFrom(answer: ServerAnswer, habits: AnthropicHabits, body: object): Learned | undefined {
  if (answer.status !== 400 || overflowIn(answer) !== undefined) return undefined;
  const said = answer.said.slice(0, 2000);
  // The first two have words of their own.
  const told = refuses.test(said) ? lessons : lessons.slice(0, 2);
  for (const lesson of told) {
    const learned = lesson(said, habits, body);
    if (learned !== undefined) return learned;
  }
  return undefined;
}

/** Whether a refusal means that a reply which stands last is not continued: then the rest is asked for in a turn of its own. */
export function refusesPrefill({ status, said }: Pick<ServerAnswer, 'status' | 'said'>): boolean {
  return (
    status === 400 &&
    !trailing.test(said.slice(0, 2000)) &&
    /prefill|must end with a user message|final (?:assistant|message)|last message/i.test(said.slice(0, 2000))
  );
}
