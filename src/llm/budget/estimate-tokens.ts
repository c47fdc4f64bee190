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
    (sum, { content }) => sum + tokensPerMessage + content.reduce((tokens, part) => tokens + estimateTokens(part.text), 0),
    0,
  );
}
