import { GrowingPattern } from './growing-pattern.ts';

/** Shorter repetitions are ordinary text: an indentation, a closing brace, an `end`. */
const fewestVisibleCharacters = 4;

/**
 * How much of the beginning of `piece` only repeats the end of `text`: the most characters that are both, or 0 where these are too few to be told
 * from text that happens to begin alike.
 */
export function overlapLength(text: string, piece: string): number {
  const pattern = new GrowingPattern(text.slice(-piece.length));
  pattern.grow(piece);
  const length = pattern.overlap();
  return piece.slice(0, length).replaceAll(/\s/g, '').length < fewestVisibleCharacters ? 0 : length;
}
