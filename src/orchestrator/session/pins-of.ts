import { z } from 'zod';
import type { RunState } from '../../state/run/run-state.ts';
import { printableLine, shorten } from '../../utils/printable.ts';

/** What a session may hold of facts that a person has pinned: each is told again behind every digest. */
export const pinLimits = { most: 20, characters: 300 };

const schema = z.array(z.string());

/** The facts that a person has pinned in a session, in their order, safe to show. */
export function pinsOf({ pins, context }: Pick<RunState, 'pins' | 'context'>): string[] {
  const known = pins ?? schema.safeParse(context['pins']).data ?? [];
  return known.slice(0, pinLimits.most).map((fact) => shorten(printableLine(fact), pinLimits.characters));
}

/** As a model is told of them. */
export function pinLine(fact: string): string {
  return `- ${fact}`;
}
