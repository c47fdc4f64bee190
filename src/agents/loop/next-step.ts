import type { Finding } from './finding.ts';
import type { TurnBounds } from './turn-bounds.ts';

/** One reply and its findings. */
export interface Tried {
  /** What it was asked as. */
  by: 'first' | 'call' | 'show' | 'mend_edit' | 'correct' | 'repair' | 'try_again';
  findings: readonly Finding[];
  /** How many of the examples hold, if it was tried on any: more is better, whatever else is found. */
  held?: number | undefined;
}

/** What follows a reply. */
export type NextStep =
  /** The reply at this index among those tried is the result. */
  | { kind: 'accept'; reply: number }
  | { kind: 'call'; finding: Finding }
  | { kind: 'show'; finding: Finding }
  /** `wants`: the change once more, or the whole files in place of it. */
  | { kind: 'mend_edit'; finding: Finding; wants: 'edit' | 'whole_files' }
  | { kind: 'correct'; finding: Finding }
  | { kind: 'repair' }
  /** `attempt`: 2 for the second try. */
  | { kind: 'try_again'; attempt: number }
  | { kind: 'give_up'; findings: Finding[] };

export interface NextStepOptions {
  /** In order; at least one. */
  tried: readonly Tried[];
  bounds: TurnBounds;
  /** The tokens of the replies so far. */
  tokens?: number | undefined;
  /** Whether another attempt is too expensive, given that there is something to keep. If there is nothing, the model is asked anyway. */
  isDear?: (() => boolean) | undefined;
}

/** Decides what follows a reply, only from what was found and tried. Each step but the last uses up one of the bounds, so the process ends. */
export function nextStep({ tried, bounds, tokens = 0, isDear = () => false }: NextStepOptions): NextStep {
  const place = tried.length - 1;
  const { by, findings } = tried[place]!;
  const used = (kind: Tried['by']) => tried.filter((one) => one.by === kind).length;
  const withRemedy = (remedy: Finding['remedy']) => findings.filter((finding) => finding.remedy === remedy);
  // If a repair makes nothing better, the earlier reply is taken.
  if (by === 'repair') return { kind: 'accept', reply: findings.length === 0 ? place : place - 1 };
  const final = withRemedy('none');
  if (final.length > 0) return { kind: 'give_up', findings: final };
  const [question] = withRemedy('show');
  if (question !== undefined && used('show') < bounds.showings) return { kind: 'show', finding: question };
  const [call] = withRemedy('call');
  if (call !== undefined && used('call') < bounds.calls) return { kind: 'call', finding: call };
  const [edit] = withRemedy('mend_edit');
  if (edit !== undefined) {
    const times = used('mend_edit');
    if (times < bounds.edits) return { kind: 'mend_edit', finding: edit, wants: times + 1 < bounds.edits ? 'edit' : 'whole_files' };
    return edit.weight === Infinity ? { kind: 'give_up', findings: [edit] } : { kind: 'accept', reply: place };
  }
  // Whoever only goes on asking has to be told.
  const unended = question ?? call;
  const fault = unended ?? withRemedy('correct')[0];
  if (fault !== undefined) {
    if (used('correct') < bounds.corrections) return { kind: 'correct', finding: fault };
    const faults = tried.flatMap((one) => one.findings.find((finding) => finding === unended || finding.remedy === 'correct') ?? []);
    return { kind: 'give_up', findings: faults };
  }
  if (withRemedy('try_again').length > 0) {
    const tries = used('try_again');
    const times = tried.some(({ held = 0 }) => held > 0) ? bounds.timesWhereSomeHolds : 1;
    const most = bounds.tries === 0 ? 0 : (bounds.tries + 1) * times - 1;
    const best = bestOf(tried);
    const isUseless = worstOf(tried[best]!) === Infinity;
    if (tries < most && tokens < bounds.tokens * times && (isUseless || !isDear())) return { kind: 'try_again', attempt: tries + 2 };
    if (isUseless) return { kind: 'give_up', findings: tried.flatMap((one) => [...one.findings]) };
    return { kind: 'accept', reply: best };
  }
  if (withRemedy('repair').length > 0 && used('repair') < bounds.repairs && used('correct') === 0) return { kind: 'repair' };
  return { kind: 'accept', reply: place };
}

/** The reply with the most examples that hold; among equals the one with the mildest findings, then the fewest, then the first. */
function bestOf(tried: readonly Tried[]): number {
  return tried.reduce((best, next, place) => {
    const { held = 0 } = next;
    const difference =
      compare(tried[best]!.held ?? 0, held) ||
      compare(worstOf(next), worstOf(tried[best]!)) ||
      next.findings.length - tried[best]!.findings.length;
    return difference < 0 ? place : best;
  }, 0);
}

/** Works for `Infinity` as well. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function worstOf({ findings }: Tried): number {
  return Math.max(-1, ...findings.map(({ weight = 0 }) => weight));
}
