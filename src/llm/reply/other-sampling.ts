import type { Sampling } from '../chat-model.ts';

/** Where nobody says how warm a reply is. */
const usualTemperature = 0.7;
const warmer = 0.3;
/** Beyond it models write nonsense. */
const warmest = 1.5;

/**
 * How a reply goes on that has repeated itself: the likeliest words led there, so others get a chance, a better one each time, and what stands there already a
 * worse one.
 */
export function otherSampling(sampling: Sampling, times: number): Sampling {
  const { temperature = usualTemperature, dryMultiplier = 0.8 } = sampling;
  const raised = Math.round(Math.min(warmest, temperature + warmer * times) * 100) / 100;
  return { ...sampling, temperature: Math.max(usualTemperature, temperature, raised), dryMultiplier };
}
