import type { ModelClass } from '../../llm/profile/model-class.ts';
import type { Speed } from './probe-reading.ts';

/** Tokens that `feature-development` takes with a model made for code, each read once. Small models are asked for one file at a time and are shown little. */
const featureRunTokens: Readonly<Record<ModelClass, { read: number; written: number }>> = {
  small: { read: 800, written: 2000 },
  medium: { read: 8000, written: 9000 },
  large: { read: 8000, written: 9000 },
};

/** How long `feature-development` takes, and how many tokens. */
export interface RunEstimate {
  milliseconds: number;
  read: number;
  written: number;
}

/** Undefined where the speed is not known. */
export function estimateRun({ read, write }: Speed, modelClass: ModelClass = 'large'): RunEstimate | undefined {
  if (read === undefined || write === undefined) return undefined;
  const tokens = featureRunTokens[modelClass];
  return { ...tokens, milliseconds: (tokens.read / read + tokens.written / write) * 1000 };
}
