import type { Speed } from './probe-reading.ts';

/** What `feature-development` takes with a model made for code: six steps, each token read once. */
export const featureRunTokens = { read: 8000, written: 9000 };

/** Milliseconds; undefined where the speed is not known. */
export function estimateRun({ read, write }: Speed): number | undefined {
  if (read === undefined || write === undefined) return undefined;
  return (featureRunTokens.read / read + featureRunTokens.written / write) * 1000;
}
