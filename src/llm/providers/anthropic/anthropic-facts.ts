/** What is known of a model. What the server does not say is absent. */
export interface AnthropicFacts {
  /** Tokens that a request may hold, prompt and reply together. */
  contextTokens?: number | undefined;
  /** The most tokens of one reply. */
  replyTokens?: number | undefined;
  /** Whether the server takes the shape of a reply in `output_config`. */
  shapes?: 'taken' | 'refused' | undefined;
}

interface Row extends Required<Pick<AnthropicFacts, 'contextTokens' | 'replyTokens'>> {
  match: RegExp;
}

/** Only for servers that do not say it themselves, as Anthropic's own does. */
const rows: readonly Row[] = [
  { match: /\bclaude-(?:[12]|instant)/i, contextTokens: 100_000, replyTokens: 4096 },
  { match: /\bclaude-3-(?:opus|sonnet|haiku)/i, contextTokens: 200_000, replyTokens: 4096 },
  { match: /\bclaude-3-5/i, contextTokens: 200_000, replyTokens: 8192 },
  { match: /\bclaude/i, contextTokens: 200_000, replyTokens: 32_000 },
];

/** The protocol wants a length for every reply. This much every model takes. */
export const usualReplyTokens = 4096;

/** What models of this name have had, as far as is known; nothing for a model of somebody else. */
export function assumedFacts(model: string): Pick<AnthropicFacts, 'contextTokens' | 'replyTokens'> {
  const row = rows.find(({ match }) => match.test(model));
  return row === undefined ? {} : { contextTokens: row.contextTokens, replyTokens: row.replyTokens };
}
