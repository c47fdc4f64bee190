import { textOfPart } from '../../events/content-part.ts';
import { mostTokens } from '../budget/most-tokens.ts';
import type { ChatMessage } from '../chat-model.ts';

/** Prompts of which the count is known; a new one usually begins as one of the last. */
const mostKnown = 8;
/** In tokens: for each message, what a template adds, and what the cut between a known beginning and the rest can cost. */
const aroundMessage = 32;
const aroundCut = 64;

/**
 * As many tokens as a prompt has at most. Without any knowledge that is as many as it has bytes. Where it begins as a prompt that the provider has counted, that beginning
 * has no more tokens than were counted, and only the rest is taken by its bytes.
 */
export class PromptBound {
  readonly #known: { text: string; tokens: number }[] = [];

  /** @param promptTokens What the provider counted for these messages. */
  learn(messages: readonly ChatMessage[], promptTokens: number): void {
    this.#known.unshift({ text: asOneText(messages), tokens: promptTokens });
    this.#known.length = Math.min(this.#known.length, mostKnown);
  }

  of(messages: readonly ChatMessage[]): number {
    const text = asOneText(messages);
    const byBytes = mostTokens(asPlain(messages)) ?? Infinity;
    return this.#known.reduce((least, known) => {
      const rest = Buffer.byteLength(text.slice(sharedLength(text, known.text)));
      return Math.min(least, known.tokens + rest + aroundCut + aroundMessage * messages.length);
    }, byBytes);
  }
}

function asOneText(messages: readonly ChatMessage[]): string {
  return messages.map(({ role, content }) => `${role}\n${content.map(textOfPart).join('\n')}`).join('\n\n');
}

/** Parts that are no text have as many tokens as their bytes. */
function asPlain(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map(({ role, content }) => ({
    role,
    content: content.map((part) => ({ type: 'text' as const, text: textOfPart(part) })),
  }));
}

/** How many characters two texts have in common at their beginnings. */
function sharedLength(a: string, b: string): number {
  if (b.length <= a.length && a.startsWith(b)) return b.length;
  let [low, high] = [0, Math.min(a.length, b.length)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (a.startsWith(b.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}
