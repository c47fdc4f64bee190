import { sameText, wordRuns } from './word-runs.ts';

/** Texts by the runs of words in them, so that one is compared with the few that are like it and not with all that there are. */
export class TextIndex {
  readonly #places = new Map<number, number[]>();
  #count = 0;

  add(text: string): void {
    const place = this.#count;
    this.#count += 1;
    for (const run of wordRuns(text)) {
      const hash = hashOf(run);
      const places = this.#places.get(hash);
      if (places === undefined) this.#places.set(hash, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  }

  /** The numbers, from 0 in the order in which they were added, of all texts that may hold most of this one, and perhaps of a few others. */
  like(text: string): number[] {
    const runs = wordRuns(text);
    const counts = new Map<number, number>();
    for (const run of runs) for (const place of this.#places.get(hashOf(run)) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= runs.size * sameText).map(([place]) => place);
  }
}

/** FNV-1a. Two runs of one hash only make a text looked at that need not be. */
function hashOf(run: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < run.length; index += 1) hash = Math.imul(hash ^ run.charCodeAt(index), 0x01_00_01_93);
  return hash >>> 0;
}
