import type { Finding } from './finding.ts';
import { nextStep, type NextStep, type NextStepOptions, type Tried } from './next-step.ts';
import type { TurnBounds } from './turn-bounds.ts';

/** A step after which another reply is there. */
export type AskingStep = Exclude<NextStep, { kind: 'accept' | 'give_up' }>;

export interface FollowStepsOptions<Reply extends Tried> {
  bounds: TurnBounds;
  /** Asks for the first time and checks the reply. */
  begin: () => Promise<Reply>;
  /** Does the next step and checks its result. */
  act: (step: AskingStep, tried: readonly Reply[]) => Promise<Reply>;
  /** What the replies cost. Absent: it does not matter. */
  costOf?: ((tried: readonly Reply[]) => Pick<NextStepOptions, 'tokens' | 'isDear'>) | undefined;
}

export type Followed<Reply> =
  | { kind: 'accepted'; reply: Reply; tried: readonly Reply[] }
  | { kind: 'given_up'; findings: Finding[]; tried: readonly Reply[] };

/** Asks, and follows `nextStep` until a reply is accepted or the attempt is given up. Throws what asking throws. */
export async function followSteps<Reply extends Tried>({
  bounds,
  begin,
  act,
  costOf,
}: FollowStepsOptions<Reply>): Promise<Followed<Reply>> {
  const tried = [await begin()];
  for (;;) {
    const step = nextStep({ tried, bounds, ...costOf?.(tried) });
    if (step.kind === 'accept') return { kind: 'accepted', reply: tried[step.reply]!, tried };
    if (step.kind === 'give_up') return { kind: 'given_up', findings: step.findings, tried };
    tried.push(await act(step, tried));
  }
}
