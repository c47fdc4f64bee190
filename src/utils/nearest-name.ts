import { distance } from 'fastest-levenshtein';

/** The candidate that a person most likely meant. Undefined if none is close (more than a third of its letters differ). */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const normalise = (text: string) => text.toLowerCase().replaceAll('_', '-');
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const difference = distance(normalise(name), normalise(candidate));
    if (difference <= Math.max(2, candidate.length / 3) && (best === undefined || difference < best.distance)) {
      best = { candidate, distance: difference };
    }
  }
  return best?.candidate;
}
