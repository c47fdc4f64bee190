import type { ChatModel } from '../../llm/chat-model.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';

export interface SlotsSpeed {
  /** Requests in flight at once. */
  slots: number;
  /** Tokens per second of all requests together; absent where the server does not report what it read and wrote. */
  read?: number | undefined;
  write?: number | undefined;
}

export interface ProbeSlotsOptions {
  model: ChatModel;
  slots: number;
  nonce: string;
  /** A clock in milliseconds; only differences count. */
  now: () => number;
  signal?: AbortSignal | undefined;
}

const replyTokens = 32;

/**
 * Makes all slots read at once, then write at once, and measures by the clock, because the server's own figures are about one request each. The requests that
 * write continue what was read, so they hardly read anything.
 */
export async function probeSlots({ model, slots, nonce, now, signal }: ProbeSlotsOptions): Promise<SlotsSpeed> {
  const measured = async (tokens: 'readTokens' | 'replyTokens', maxTokens: number) => {
    const began = now();
    const replies = await Promise.all(
      Array.from({ length: slots }, (_, index) => {
        // The first words differ, so that no slot already holds what another slot read.
        const lines = Array.from(
          { length: 10 },
          (_line, line) => `${line + 1}. The team ${nonce} ${index} keeps number ${line * 7 + 3} in mind.`,
        );
        const messages = [
          textMessage('system', `You are the team ${nonce} ${index}.`),
          textMessage('user', `${lines.join('\n')}\n\nCount from one to forty, in words.`),
        ];
        return askProbe(model, { messages, maxTokens, signal });
      }),
    );
    const elapsed = now() - began;
    const counts = replies.map(({ usage }) => usage[tokens]);
    if (elapsed <= 0 || counts.includes(undefined)) return undefined;
    return (counts.reduce<number>((sum, count = 0) => sum + count, 0) * 1000) / elapsed;
  };
  return { slots, read: await measured('readTokens', 1), write: await measured('replyTokens', replyTokens) };
}
