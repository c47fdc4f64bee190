import { distance } from 'fastest-levenshtein';
import { shownName } from '../../utils/printable.ts';

const mostShown = 6;
/** As many as a person, or a model in a corrective turn, can use. The bound also keeps hostile files cheap. */
const mostLines = 5000;
const longestLine = 200;

/** A sentence that quotes, with their numbers, the lines of a file that are most like the wanted ones. */
export function closestLines(lines: readonly string[], wanted: readonly string[]): string {
  const looked = lines.slice(0, mostLines);
  const start = startOfClosest(looked, wanted);
  if (start === undefined) return 'The file has no line like it.';
  const shown = looked.slice(start, start + Math.min(wanted.length, mostShown));
  return `The closest lines are ${start + 1} to ${start + shown.length}:\n${shown.map((line) => `  ${shownName(line)}`).join('\n')}`;
}

function startOfClosest(lines: readonly string[], wanted: readonly string[]): number | undefined {
  const keys = new Set(wanted.map((line) => line.trim()).filter((line) => line !== ''));
  const scores = lines.map((line) => (keys.has(line.trim()) ? 1 : 0));
  let best: { start: number; score: number } | undefined;
  let score = 0;
  for (const [index, hit] of scores.entries()) {
    score += hit - (scores[index - wanted.length] ?? 0);
    if (score > (best?.score ?? 0)) best = { start: Math.max(0, index - wanted.length + 1), score };
  }
  if (best === undefined) return mostAlike(lines, wanted.find((line) => line.trim() !== '') ?? '');
  // A window that ends with the last matching line begins too early if its own first lines do not match.
  const first = scores.findIndex((hit, index) => hit === 1 && index >= best.start);
  return Math.min(first, best.start + Math.max(0, wanted.length - 1));
}

function mostAlike(lines: readonly string[], wanted: string): number | undefined {
  const text = wanted.trim().slice(0, longestLine);
  let best: { index: number; distance: number } | undefined;
  for (const [index, line] of lines.entries()) {
    const candidate = line.trim().slice(0, longestLine);
    if (candidate === '') continue;
    const difference = distance(text, candidate);
    if (difference < (best?.distance ?? Math.max(text.length, candidate.length) * 0.6)) best = { index, distance: difference };
  }
  return best?.index;
}
