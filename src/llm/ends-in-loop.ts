/** How much of the end is looked at; a block that is longer than a quarter of it is not seen to repeat. */
const lookedAt = 8000;
/** Shorter loops occur in tables, drawings and data. */
const shortestLoop = 1000;
const fewestRounds = 4;

/**
 * Whether a text ends in one block said over and over, down to the last character: a model in such a state does not find out of it by itself, and going
 * on would only make more of the same.
 */
export function endsInLoop(text: string): boolean {
  const end = [...text.slice(-lookedAt)].toReversed();
  // At each place, the length of the longest proper beginning that is also what ends there: place + 1 less that is the shortest period.
  const borders: number[] = [];
  for (const [place, character] of end.entries()) {
    let border = place === 0 ? 0 : (borders[place - 1] ?? 0);
    while (border > 0 && end[border] !== character) border = borders[border - 1] ?? 0;
    if (place > 0 && end[border] === character) border += 1;
    borders.push(border);
    const length = place + 1;
    if (length >= shortestLoop && length >= (length - border) * fewestRounds) return true;
  }
  return false;
}
