export interface RestartPolicy {
  /** The most restarts… */
  most: number;
  /** …within this time. */
  withinMilliseconds: number;
  /** The delay before the first restart; each further one waits twice as long. */
  firstDelayMilliseconds: number;
}

/** If a server dies four times in ten minutes, another start will not help. */
export const usualRestartPolicy: RestartPolicy = { most: 3, withinMilliseconds: 600_000, firstDelayMilliseconds: 1000 };

export type RestartDecision = { restart: 'after'; milliseconds: number } | { restart: 'never' };

/** @param earlier The times of earlier restarts, in milliseconds since 1970. */
export function decideRestart(policy: RestartPolicy, earlier: readonly number[], now: number): RestartDecision {
  const recent = earlier.filter((time) => now - time < policy.withinMilliseconds).length;
  if (recent >= policy.most) return { restart: 'never' };
  return { restart: 'after', milliseconds: policy.firstDelayMilliseconds * 2 ** recent };
}
