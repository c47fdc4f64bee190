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
  const end = text.slice(-lookedAt);
  const fromBehind = (place: number) => end.charCodeAt(end.length - 1 - place);
  // For each ending, the length of the longest shorter one that it also begins with: what is left of it is its shortest period.
  const borders: number[] = [];
  for (let place = 0; place < end.length; place += 1) {
    let border = borders[place - 1] ?? 0;
    while (border > 0 && fromBehind(border) !== fromBehind(place)) border = borders[border - 1] ?? 0;
    if (place > 0 && fromBehind(border) === fromBehind(place)) border += 1;
    borders.push(border);
    const length = place + 1;
    if (length >= shortestLoop && length >= (length - border) * fewestRounds) return true;
  }
  return false;
}
