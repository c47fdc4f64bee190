import { z } from 'zod';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';

const options = z.object({
  outputs_are: z.record(z.string(), z.unknown()).default({}),
  ends: z.enum(['well', 'badly']).default('well'),
  takes: z.enum(['no_time', 'forever']).default('no_time'),
});

/** A step that ends as it says, without a model. */
export const tellKind: StepKind<typeof options> = {
  name: 'tell',
  options,
  needs: () => ({ model: false }),
  async execute({ options: { outputs_are: outputs, ends, takes }, signal }) {
    if (takes === 'forever') await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    if (ends === 'well') return { status: 'completed', outputs };
    return { status: 'failed', error: { code: 'told.so', message: 'It was told to.' }, again: 'never' };
  },
};
