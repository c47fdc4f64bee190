/** How the card of a model says that it is to be sampled, as a llama-server takes it. */
export interface CardSampling {
  temperature: number;
  top_p?: number;
  top_k?: number;
  min_p?: number;
  repeat_penalty?: number;
}

/** The first that fits a model's name counts. From the models' own cards and `generation_config.json`. */
const cards: readonly { match: RegExp; sampling: CardSampling }[] = [
  { match: /qwen2\.5-coder/i, sampling: { temperature: 0.7, top_p: 0.8, top_k: 20, repeat_penalty: 1.05 } },
  { match: /qwen2\.5/i, sampling: { temperature: 0.7, top_p: 0.8, top_k: 20, repeat_penalty: 1.05 } },
  { match: /qwen3-coder|qwen3.*instruct/i, sampling: { temperature: 0.7, top_p: 0.8, top_k: 20, repeat_penalty: 1.05 } },
  { match: /qwen3|qwq/i, sampling: { temperature: 0.6, top_p: 0.95, top_k: 20, min_p: 0 } },
  { match: /devstral|mistral-small/i, sampling: { temperature: 0.15 } },
  { match: /deepseek-coder/i, sampling: { temperature: 0 } },
  { match: /gemma-?3/i, sampling: { temperature: 1, top_p: 0.95, top_k: 64, min_p: 0 } },
  { match: /llama-?3/i, sampling: { temperature: 0.6, top_p: 0.9 } },
  { match: /gpt-oss/i, sampling: { temperature: 1, top_p: 1 } },
  { match: /granite|tiny-team/i, sampling: { temperature: 0 } },
];

/** For a model whose card nobody has copied here. */
const unknownCard: CardSampling = { temperature: 0.7, top_p: 0.95 };

export function cardSampling(model: string): CardSampling {
  return cards.find(({ match }) => match.test(model))?.sampling ?? unknownCard;
}
