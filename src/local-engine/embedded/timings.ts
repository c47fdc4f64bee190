/** What a request cost, in llama-server's own format. Numbers are tokens, times are milliseconds. */
export interface Timings {
  /** Tokens of the prompt that the slot already held. */
  cache_n: number;
  /** Tokens of the prompt that were read. */
  prompt_n: number;
  prompt_ms: number;
  prompt_per_token_ms: number;
  prompt_per_second: number;
  predicted_n: number;
  predicted_ms: number;
  predicted_per_token_ms: number;
  predicted_per_second: number;
}

export interface Measured {
  cached: number;
  read: number;
  /** From the start of the work on the prompt to the first token of the reply. */
  promptMilliseconds: number;
  predicted: number;
  /** From the first token of the reply to the last one. */
  predictedMilliseconds: number;
}

/** Reading the prompt yields the first token of a reply, so the speed of generation counts only the tokens after it. */
export function timingsOf({ cached, read, promptMilliseconds, predicted, predictedMilliseconds }: Measured): Timings {
  const steps = predicted - 1;
  return {
    cache_n: cached,
    prompt_n: read,
    prompt_ms: promptMilliseconds,
    prompt_per_token_ms: ratio(promptMilliseconds, read),
    prompt_per_second: ratio(1000 * read, promptMilliseconds),
    predicted_n: predicted,
    predicted_ms: predictedMilliseconds,
    predicted_per_token_ms: steps > 0 ? ratio(predictedMilliseconds, steps) : 0,
    predicted_per_second: steps > 0 ? ratio(1000 * steps, predictedMilliseconds) : 0,
  };
}

/** JSON has no infinity. */
function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
