import type { ChatModel } from '../chat-model.ts';
import { askProbe, probeMessage } from './ask-probe.ts';

export interface SlotsSpeed {
  /** Requests that were under way at once. */
  slots: number;
  /** Tokens a second, of all together; absent where the server does not tell what it wrote. */
  write?: number | undefined;
}

export interface ProbeSlotsOptions {
  model: ChatModel;
  slots: number;
  nonce: string;
  /** Milliseconds; only differences count. */
  now: () => number;
  signal?: AbortSignal | undefined;
}

const replyTokens = 32;

/** Has all slots write at once. By the clock: the server's own figures tell of one request each. The prompts are short, so reading hardly counts. */
export async function probeSlots({ model, slots, nonce, now, signal }: ProbeSlotsOptions): Promise<SlotsSpeed> {
  const began = now();
  const replies = await Promise.all(
    Array.from({ length: slots }, (_, index) => {
      const messages = [
        probeMessage('system', `You are the team ${nonce} ${index}.`),
        probeMessage('user', 'Count from one to forty, in words.'),
      ];
      return askProbe(model, { messages, maxTokens: replyTokens, signal });
    }),
  );
  const written = replies.map(({ usage }) => usage.replyTokens);
  const elapsed = now() - began;
  if (elapsed <= 0 || written.includes(undefined)) return { slots };
  return { slots, write: (written.reduce<number>((sum, tokens = 0) => sum + tokens, 0) * 1000) / elapsed };
}
