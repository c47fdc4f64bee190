import { chatMessageText, textMessage } from '../chat/chat-message-text.ts';
import type { ChatMessage } from '../chat-model.ts';
import { commonLength } from '../slots/transcript-text.ts';

interface HeldPrompt {
  messages: readonly ChatMessage[];
  state: 'free' | 'taken';
}

/** What a server's slots hold, as far as can be told from what it was sent: the newest prompt of each. For models that do not tell it themselves. */
export class HeldPrompts {
  readonly #slots: number;
  /** Oldest first. */
  #prompts: HeldPrompt[] = [];

  constructor(slots: number) {
    this.#slots = Math.max(1, slots);
  }

  /** Characters at the beginning of these messages that a free slot holds. */
  held(messages: readonly ChatMessage[]): number {
    return Math.max(0, ...this.#prompts.map((prompt) => (prompt.state === 'free' ? sharedLength(prompt.messages, messages) : 0)));
  }

  /** A slot begins to read these messages: the free one that holds most of them, else an empty one, else the one that was used least recently. */
  take(messages: readonly ChatMessage[]): { free: (reply: string) => void } {
    const most = this.held(messages);
    const free = this.#prompts.filter(({ state }) => state === 'free');
    const best = most > 0 ? free.find((prompt) => sharedLength(prompt.messages, messages) === most) : undefined;
    const reused = best ?? (this.#prompts.length >= this.#slots ? (free[0] ?? this.#prompts[0]) : undefined);
    const prompt: HeldPrompt = { messages, state: 'taken' };
    this.#prompts = [...this.#prompts.filter((other) => other !== reused), prompt];
    return {
      free: (reply) => {
        prompt.state = 'free';
        prompt.messages = withReply(messages, reply);
      },
    };
  }
}

/** Of all messages together, in characters. */
export function lengthOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + chatMessageText(message).length, 0);
}

/** A reply that was continued stands in the last message already, as far as it went. */
function withReply(messages: readonly ChatMessage[], reply: string): ChatMessage[] {
  const last = messages.at(-1);
  const begun = last?.role === 'assistant' ? chatMessageText(last) : '';
  const before = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
  return [...before, textMessage('assistant', begun + reply)];
}

/** Characters that both begin with, in the same messages. */
function sharedLength(one: readonly ChatMessage[], other: readonly ChatMessage[]): number {
  let length = 0;
  for (const [index, message] of one.entries()) {
    const counterpart = other[index];
    if (counterpart === undefined || counterpart.role !== message.role) return length;
    const [a, b] = [chatMessageText(message), chatMessageText(counterpart)];
    if (a === b) {
      length += a.length;
      continue;
    }
    return length + commonLength(a, b);
  }
  return length;
}
