import { textOfPart } from '../../events/content-part.ts';
import type { ChatMessage } from '../chat-model.ts';

/** What a chat template adds around each message, roughly. */
const tokensPerMessage = 8;

/**
 * A careful estimate for servers that cannot count: three characters of plain text a token, one for each character beyond Latin scripts. Real counts
 * for English and code are usually lower; for long numbers and hexadecimal text they may be up to three times as high.
 */
export function estimateTokens(text: string): number {
  const wide = text.match(/[^\u0000-\u024f]/gu)?.length ?? 0;
  return Math.ceil((text.length - wide) / 3) + wide;
}

export function estimatePromptTokens(messages: ChatMessage[]): number {
  return messages.reduce(
    (sum, { content }) => sum + tokensPerMessage + content.reduce((tokens, part) => tokens + estimateTokens(textOfPart(part)), 0),
    0,
  );
}

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
