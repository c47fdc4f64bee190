/** The longest end of a text that is one block over and over, perhaps starting in the middle of the block. */
export interface Loop {
  /** The length of the block. */
  period: number;
  /** The length of the whole loop. */
  length: number;
}

/**
 * The loop that a text ends in, in time linear in its length. Undefined if `isLoop` accepts none of its ends. Only ends with at least `fewestRounds` of the
 * block and at least `shortest` characters are considered.
 */
export function loopingEnd(
  text: string,
  { shortest, fewestRounds, isLoop }: { shortest: number; fewestRounds: number; isLoop: (loop: Loop) => boolean },
): Loop | undefined {
  const last = text.length - 1;
  // For each ending, the length of the longest shorter ending that it begins with. The rest is its shortest period.
  const borders = new Int32Array(text.length);
  let found: Loop | undefined;
  for (let place = 0; place < text.length; place += 1) {
    const character = text.charCodeAt(last - place);
    let border = place === 0 ? 0 : (borders[place - 1] ?? 0);
    while (border > 0 && text.charCodeAt(last - border) !== character) border = borders[border - 1] ?? 0;
    if (place > 0 && text.charCodeAt(last - border) === character) border += 1;
    borders[place] = border;
    const length = place + 1;
    const period = length - border;
    // The loop goes back as far as its block repeats.
    if (found !== undefined && period !== found.period) return found;
    if (length < shortest || length < period * fewestRounds) continue;
    if (found !== undefined || isLoop({ period, length })) found = { period, length };
  }
  return found;
}
