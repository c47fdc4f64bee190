import { textOfPart } from '../../events/content-part.ts';
import type { ChatMessage } from '../chat-model.ts';

/** Roughly what a chat template adds around each message. */
const tokensPerMessage = 8;

/**
 * A cautious estimate for servers that cannot count: a token for three characters of plain text, and one for each character beyond Latin scripts. Real counts
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

/** No real count is further from the estimate; beyond these factors the server made a mistake. */
const widest = { least: 0.2, most: 4 };

/** The next text may be a little denser than the measured one. */
const margin = 1.02;

/** Estimates for one model, corrected by every count that its server reports. */
export class PromptEstimate {
  #factor = 1;

  /** @param promptTokens what the server counted for these messages. */
  learn(messages: ChatMessage[], promptTokens: number): void {
    // The newest prompt contains most of the earlier ones, so it alone decides.
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
