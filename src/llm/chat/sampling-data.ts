import type { Sampling } from '../chat-model.ts';

/** Sampling as written in a file, with the names of the settings, which are those of a request to the server. */
export interface SamplingData {
  temperature?: number | undefined;
  top_p?: number | undefined;
  min_p?: number | undefined;
  max_tokens?: number | undefined;
  seed?: number | undefined;
  stop?: string[] | undefined;
  top_k?: number | undefined;
  repeat_penalty?: number | undefined;
  dry_multiplier?: number | undefined;
  chat_template_kwargs?: Record<string, string | number | boolean> | undefined;
}

/** The sampling that is set in it; the cap of tokens is not part of it. */
export function samplingOf(data: SamplingData): Sampling {
  const {
    temperature,
    top_p: topP,
    min_p: minP,
    seed,
    stop,
    top_k: topK,
    repeat_penalty: repeatPenalty,
    dry_multiplier: dryMultiplier,
    chat_template_kwargs: chatTemplateKwargs,
  } = data;
  const sampling: Sampling = { temperature, topP, minP, seed, stop, topK, repeatPenalty, dryMultiplier, chatTemplateKwargs };
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
