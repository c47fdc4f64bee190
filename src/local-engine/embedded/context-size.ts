/** Long prompts are slow without a GPU, and memory grows with the context. More than this is used only on demand. */
const usualContext = 8192;
/** No step of a workflow fits into less. */
const smallestContext = 1024;
/** The share of the free memory that may be used. */
const share = 0.8;

export interface ContextSizeOptions {
  /** Tokens of one slot; absent: a sensible number that fits. */
  wanted: number | undefined;
  trainedContext: number;
  /** Bytes of free memory. */
  availableMemory: number;
  /** Bytes that all slots together need with this many tokens each. */
  estimateMemory: (contextTokens: number) => Promise<number>;
}

export type ContextSize =
  | { type: 'fits'; contextTokens: number; bytes: number; wished: number }
  | { type: 'too_large'; contextTokens: number; bytes: number };

/**
 * How many tokens each slot gets. An explicit number is used as it is or refused. Without one the context is halved until all slots fit, and refused
 * if even the smallest does not.
 */
export async function chooseContextSize(options: ContextSizeOptions): Promise<ContextSize> {
  const { wanted, trainedContext, availableMemory, estimateMemory } = options;
  const wished = wanted ?? Math.min(trainedContext, usualContext);
  let contextTokens = wished;
  while (true) {
    const bytes = await estimateMemory(contextTokens);
    if (bytes <= availableMemory * share) return { type: 'fits', contextTokens, bytes, wished };
    const half = Math.floor(contextTokens / 2);
    if (wanted !== undefined || half < smallestContext) return { type: 'too_large', contextTokens, bytes };
    contextTokens = half;
  }
}
