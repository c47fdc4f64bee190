export interface RestartPolicy {
  /** So many times… */
  most: number;
  /** …within this. */
  withinMilliseconds: number;
  /** Before the first of them; each further one waits twice as long. */
  firstDelayMilliseconds: number;
}

/** A server that dies four times in ten minutes does so for a reason that no further start takes away. */
export const usualRestartPolicy: RestartPolicy = { most: 3, withinMilliseconds: 600_000, firstDelayMilliseconds: 1000 };

export type RestartDecision = { restart: 'after'; milliseconds: number } | { restart: 'never' };

/** @param earlier When the server was started again before, in milliseconds since 1970. */
export function decideRestart(policy: RestartPolicy, earlier: readonly number[], now: number): RestartDecision {
  const recent = earlier.filter((time) => now - time < policy.withinMilliseconds).length;
  if (recent >= policy.most) return { restart: 'never' };
  return { restart: 'after', milliseconds: policy.firstDelayMilliseconds * 2 ** recent };
}
