import type { ChatMessage } from '../chat-model.ts';
import { estimatePromptTokens, estimateTokens } from './estimate-tokens.ts';

/** Nothing real is further off; a count beyond is a server's mistake. */
const widest = { least: 0.2, most: 4 };

/** What follows may be a little denser than what was measured. */
const margin = 1.02;

/** Estimates for one model, corrected by every count that its server tells. */
export class PromptEstimate {
  #factor = 1;

  /** @param promptTokens what the server counted for these messages. */
  learn(messages: ChatMessage[], promptTokens: number): void {
    // The newest prompt holds most of those before it, so it alone decides.
    const factor = (promptTokens / Math.max(1, estimatePromptTokens(messages))) * margin;
    if (factor >= widest.least && factor <= widest.most) this.#factor = factor;
  }

  ofMessages(messages: ChatMessage[]): number {
    return Math.ceil(estimatePromptTokens(messages) * this.#factor);
  }

  ofText(text: string): number {
    return Math.ceil(estimateTokens(text) * this.#factor);
  }
}
