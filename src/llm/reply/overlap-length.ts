/** Shorter repetitions are ordinary text: an indentation, a closing brace, an `end`. */
const fewestVisibleCharacters = 4;

/**
 * How much of the beginning of `piece` only repeats the end of `text`: the most characters that are both, or 0 where these are too few to be told
 * from text that happens to begin alike.
 */
export function overlapLength(text: string, piece: string): number {
  for (let length = Math.min(text.length, piece.length); length >= fewestVisibleCharacters; length -= 1) {
    const beginning = piece.slice(0, length);
    if (text.endsWith(beginning)) return beginning.replaceAll(/\s/g, '').length < fewestVisibleCharacters ? 0 : length;
  }
  return 0;
}
