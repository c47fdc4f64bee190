import type { ChatMessage } from '../chat-model.ts';

/** What a chat template adds at most: markers around each message, and what some put before all of them, such as today's date and how to call tools. */
const aroundMessage = 32;
const beforeAll = 1024;

/**
 * As many tokens as a prompt has at most, without asking anybody: a tokenizer that falls back to bytes never makes more tokens than the text has bytes.
 * @returns undefined where a message has more than text.
 */
export function mostTokens(messages: readonly ChatMessage[]): number | undefined {
  let most = beforeAll;
  for (const { content } of messages) {
    most += aroundMessage;
    for (const part of content) {
      if (part.type !== 'text' && part.type !== 'reasoning') return undefined;
      most += Buffer.byteLength(part.text);
    }
  }
  return most;
}
