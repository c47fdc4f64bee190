import { z } from 'zod';
import type { BuiltInStepKind } from '../step-kind.ts';

/** A year. */
const longest = 366 * 24 * 3600;

const options = z
  .object({
    /** For so long, from when the step begins. */
    seconds: z.number().positive().max(longest).optional(),
    /** Until this time, such as `2027-01-31T08:00:00Z`. */
    until: z.iso.datetime({ offset: true, error: 'expected a time such as 2027-01-31T08:00:00Z' }).optional(),
    /** Until somebody sends the run the signal of this name; with a time as well, until whichever comes first. */
    signal: z.string().min(1).max(100).optional(),
  })
  .refine(({ seconds, until, signal }) => seconds !== undefined || until !== undefined || signal !== undefined, {
    error: 'expected seconds, until or signal',
  })
  .refine(({ seconds, until }) => seconds === undefined || until === undefined, { error: 'expected either seconds or until' });

/** Waits for a time or a signal. It holds nothing meanwhile, and goes on waiting after a restart as if nothing had been. */
export const waitStep: BuiltInStepKind<typeof options> = {
  name: 'wait',
  options,
  describe: ({ signal, seconds, until }) =>
    signal === undefined
      ? `Waits ${seconds === undefined ? `until ${until ?? ''}` : `for ${seconds} seconds`}.`
      : `Waits for the signal ${signal}.`,
  needs: () => ({ model: false }),
  async execute({ options: { seconds, until, signal }, woken, now }) {
    if (woken !== undefined) {
      const because = woken.by === 'signal' ? `the signal ${signal ?? ''} of ${woken.signal?.from ?? ''} arrived` : 'the time had come';
      return { status: 'completed', because, outputs: { woken_by: woken.by, ...(woken.signal ? { data: woken.signal.data } : {}) } };
    }
    const time = seconds === undefined ? (until === undefined ? undefined : Date.parse(until)) : now + seconds * 1000;
    return { status: 'waiting', reason: signal === undefined ? 'time' : 'signal', until: time, signal };
  },
};
