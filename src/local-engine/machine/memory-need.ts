const gigabyte = 1e9;

/** What of a model decides how much memory it takes. Sizes are bytes. */
export interface ModelSize {
  fileBytes: number;
  /** Absent: not known; an estimate for a model of this size is taken. */
  cacheBytesPerToken?: number | undefined;
  layers?: number | undefined;
  trainedContext?: number | undefined;
}

/** Weights, what the server remembers of each token, and its buffers: about a gigabyte, less for small models. */
export function memoryNeed(model: ModelSize, contextTokens: number): number {
  return model.fileBytes + cacheBytesPerToken(model) * contextTokens + Math.min(gigabyte, 0.1 * gigabyte + model.fileBytes);
}

/** Without knowledge: as dense models at four bits have it, which is rather more than others do. */
function cacheBytesPerToken({ fileBytes, cacheBytesPerToken: known }: ModelSize): number {
  return known ?? Math.min(300_000, 20_000 + fileBytes / 60_000);
}
