/**
 * A size that stays the same while a file changes a little: 1, 2 or 5 and zeros, never less than it is. Whoever reads it learns whether a file is small or
 * large, and a prompt that holds it stays the same, byte for byte.
 */
export function roundSize(bytes: number): string {
  const kilobytes = roundCount(Math.ceil(bytes / 1000));
  return kilobytes < 1000 ? `${kilobytes} kB` : `${kilobytes / 1000} MB`;
}

/** The next of 1, 2, 5, 10, 20, 50 … that is not less; at least 1. */
export function roundCount(count: number): number {
  let step = 1;
  while (step * 10 < count) step *= 10;
  return [1, 2, 5, 10].map((digit) => digit * step).find((round) => round >= count) ?? step * 10;
}
