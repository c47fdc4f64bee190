import type { EventData } from '../../events/run-stream-events.ts';
import type { ModelChoice } from '../../llm/routing/choose-model.ts';
import type { ModelRating } from '../../llm/routing/rate-model.ts';

type Routed = EventData<'model.routed'>;

/** What a run has chosen and why, a line for each choice, and what it has to load and to read again for that. Not yet safe to print. */
export function routingSentences({ routes, changes, gone }: Routed): string[] {
  return [
    ...gone.map(({ name, why }) => `${name} was chosen when the run began, and cannot be asked any more: ${why}`),
    ...routes
      .filter(({ tasks }) => tasks > 0 || routes.length === 1)
      .map((route) => `${routes.length === 1 ? 'Model chosen' : `Model for ${whatFor(route)}`}: ${route.name}, because ${route.because}.`),
    ...(changes === undefined ? [] : [`${changesSentence(changes)}.`]),
  ];
}

function whatFor({ taskType, private: own }: Pick<Routed['routes'][number], 'taskType' | 'private'>): string {
  if (taskType === undefined) return own ? 'the rest of what must stay on this machine' : 'the rest';
  return `${taskType}${own ? ' that must stay on this machine' : ''}`;
}

/** `2 model changes: about 40 s of loading, about 5,200 tokens read again`. */
export function changesSentence({ count, loadSeconds, unmeasured, tokensReadAgain }: NonNullable<Routed['changes']>): string {
  const loading =
    unmeasured === count
      ? 'how long loading takes is not known yet'
      : `about ${seconds(loadSeconds)} of loading${unmeasured === 0 ? '' : ` (${unmeasured} of them not known yet)`}`;
  return `${count} model ${count === 1 ? 'change' : 'changes'}: ${loading}, about ${tokensReadAgain.toLocaleString('en-US')} tokens read again`;
}

/** Why a model was chosen, behind "because". @param steps How many it is chosen for. */
export function whyChosen({ chosen, next }: ModelChoice, steps: number): string {
  if (next === undefined) return 'no other can be asked';
  return `it promises most: ${promised(chosen, steps)}. Next would be ${next.candidate.name}: ${promised(next, steps)}`;
}

const howKnown = { measured: 'measured', assumed: 'assumed from its size', partly: 'only partly measured' };

function promised({ quality, seconds: all, speed, price, pricing }: ModelRating, steps: number): string {
  const share = quality === undefined ? '' : `${Math.round(quality.share * 100)} %`;
  const good = quality === undefined ? 'quality not known' : `${share} of the checks (${howKnown[quality.from]})`;
  const time = speed === 'measured' ? `about ${seconds(all / steps)} a step` : 'speed not measured';
  const paid = pricing === 'assumed' ? 'price not known' : price === 0 ? 'free' : `$${(price / steps).toFixed(4)} a step`;
  return [good, time, paid].join(', ');
}

function seconds(count: number): string {
  return count < 120 ? `${Math.max(1, Math.round(count))} s` : `${Math.round(count / 60)} min`;
}
