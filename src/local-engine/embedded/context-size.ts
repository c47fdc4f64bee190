/** Long prompts are slow without a GPU, and memory grows with the context: more than this only on demand. */
const usualContext = 8192;
/** Below this no step of a workflow fits. */
const smallestContext = 1024;
/** What may be taken of the memory that is free. */
const share = 0.8;

export interface ContextSizeOptions {
  /** Tokens of one slot; absent: as many as are sensible and fit. */
  wanted: number | undefined;
  trainedContext: number;
  /** Bytes of memory that may still be taken. */
  availableMemory: number;
  /** Bytes that all slots together need with so many tokens each. */
  estimateMemory: (contextTokens: number) => Promise<number>;
}

export type ContextSize =
  | { type: 'fits'; contextTokens: number; bytes: number; wished: number }
  | { type: 'too_large'; contextTokens: number; bytes: number };

/**
 * How many tokens each slot gets. An explicit wish is taken as it is or refused; without one the context is halved until all slots fit, and refused
 * when even the smallest does not.
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
