import { randomInt } from 'node:crypto';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { StopTexts } from './stop-texts.ts';
import { type Timings, timingsOf } from './timings.ts';
import { TokenText } from './token-text.ts';

export type ReplyEvent =
  /** Tokens of the prompt; `processed` includes `cached`. */
  | { type: 'progress'; total: number; cached: number; processed: number; milliseconds: number }
  /** One more token was chosen; `text` may be empty while a character or a possible stop text is unfinished. */
  | { type: 'token'; text: string }
  | { type: 'end'; text: string; finishReason: 'stop' | 'length'; timings: Timings };

interface ReplySampling {
  temperature: number;
  topK: number;
  topP: number;
  minP: number;
  /** Absent: a new one each time. */
  seed: number | undefined;
}

export interface GenerateReplyOptions {
  sequence: LlamaContextSequence;
  /** At least one, and fewer than the context holds. */
  tokens: Token[];
  maxTokens: number | undefined;
  sampling: ReplySampling;
  stop: string[];
  /** `keep`: the part of the prompt that the sequence already holds is not read again. */
  cache: 'keep' | 'clear';
  signal: AbortSignal;
}

/**
 * Reads a prompt into a sequence and yields the reply. Afterwards the sequence holds the prompt and the reply except its last token.
 * @throws the signal's reason, at the latest one token (or one batch of the prompt) after it is aborted. The sequence stays usable.
 */
export async function* generateReply(options: GenerateReplyOptions): AsyncGenerator<ReplyEvent, void, undefined> {
  const { sequence, tokens, sampling, stop, cache, signal } = options;
  const { model, contextSize } = sequence;
  const started = performance.now();
  // The last token is always read, because that yields the first token of the reply. Kept tokens may not be shifted to other positions,
  // because a state that was assembled differently may answer differently.
  await sequence.adaptStateToTokens(cache === 'keep' ? tokens.slice(0, -1) : [], false);
  const cached = sequence.nextTokenIndex;
  const progress = (processed: number): ReplyEvent => ({
    type: 'progress',
    total: tokens.length,
    cached,
    processed,
    milliseconds: Math.round(performance.now() - started),
  });
  yield progress(cached);

  let next = cached;
  const batch = sequence.context.batchSize;
  while (tokens.length - next > batch) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(next, next + batch));
    next += batch;
    yield progress(next);
  }

  const detokenize = (piece: readonly Token[], before: readonly Token[]) => model.detokenize(piece, false, before);
  const decoder = new TokenText<Token>({ detokenize, before: tokens });
  const stops = new StopTexts(stop);
  const limit = Math.min(options.maxTokens ?? Number.POSITIVE_INFINITY, contextSize - tokens.length);
  let firstTokenAt = started;
  let predicted = 0;
  const end = (finishReason: 'stop' | 'length', text: string): ReplyEvent => ({
    type: 'end',
    text,
    finishReason,
    timings: timingsOf({
      cached,
      read: tokens.length - cached,
      promptMilliseconds: firstTokenAt - started,
      predicted,
      predictedMilliseconds: performance.now() - firstTokenAt,
    }),
  });
  signal.throwIfAborted();
  const generated = sequence.evaluate(tokens.slice(next), {
    temperature: sampling.temperature,
    topK: sampling.topK,
    topP: sampling.topP,
    minP: sampling.minP,
    seed: sampling.seed ?? randomInt(2 ** 32),
    yieldEogToken: true,
  });
  for await (const token of generated) {
    predicted += 1;
    if (predicted === 1) {
      firstTokenAt = performance.now();
      yield progress(tokens.length);
    }
    signal.throwIfAborted();
    if (model.isEogToken(token)) {
      yield end('stop', finalText(stops, decoder));
      return;
    }
    const result = stops.push(decoder.push(token));
    if (result.type === 'stopped') {
      yield end('stop', result.text);
      return;
    }
    if (predicted >= limit) {
      yield end('length', result.text + finalText(stops, decoder));
      return;
    }
    yield { type: 'token', text: result.text };
  }
}

/** The text that the two stages still hold. The last bytes may complete a stop text, too. */
function finalText<T extends number>(stops: StopTexts, decoder: TokenText<T>): string {
  const result = stops.push(decoder.flush());
  return result.type === 'stopped' ? result.text : result.text + stops.flush();
}
