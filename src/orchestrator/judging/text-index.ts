import { sameText, wordRuns } from './word-runs.ts';

/** Texts by the runs of words in them, so that one is compared with the few that are like it and not with all that there are. */
export class TextIndex {
  /** For each run the numbers of the texts that have it, in ascending order: most runs are of one text only. */
  readonly #places = new Map<number, number | number[]>();
  #count = 0;

  add(text: string): void {
    const place = this.#count;
    this.#count += 1;
    for (const run of wordRuns(text)) {
      const places = this.#places.get(run);
      if (places === undefined) this.#places.set(run, place);
      else if (typeof places === 'number') this.#places.set(run, [places, place]);
      else places.push(place);
    }
  }

  /** The numbers, from 0 in the order in which they were added, of all texts that hold most of this one. */
  like(text: string): number[] {
    const runs = [...wordRuns(text)].map((run) => this.#textsWith(run));
    const needed = Math.ceil(runs.length * sameText);
    // Whoever has as many has one of any that are left if fewer are taken away. The rarest name the fewest texts: some runs are in all texts of a run.
    const rarest = runs.toSorted((one, other) => one.length - other.length).slice(0, runs.length - needed + 1);
    const candidates = new Set(rarest.flat());
    return [...candidates].filter((place) => count(runs, place) >= needed).toSorted((one, other) => one - other);
  }

  #textsWith(run: number): readonly number[] {
    const places = this.#places.get(run) ?? [];
    return typeof places === 'number' ? [places] : places;
  }
}

function count(runs: readonly (readonly number[])[], place: number): number {
  let found = 0;
  for (const places of runs) if (holds(places, place)) found += 1;
  return found;
}

function holds(places: readonly number[], place: number): boolean {
  let low = 0;
  let high = places.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = places[middle] ?? 0;
    if (found === place) return true;
    if (found < place) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
