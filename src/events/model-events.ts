import { z } from 'zod';

/** Which model writes where it is not the one that was named, and when it may. */
export const modelEvents = {
  /** A model was not available, and another one stands in for it. */
  'model.fell_back': {
    version: 1,
    data: z.object({
      /** Absent: for the whole run, when it connected. */
      task: z.string().optional(),
      /** Models by their names in the settings. */
      from: z.string(),
      to: z.string(),
      why: z.string(),
      /** `connect`: when the run began or went on. `step`: before a task asked for anything. `call`: after a call of it; a reply in flight goes on from its text. */
      at: z.enum(['connect', 'call', 'step']),
    }),
  },
  /** A model that was not available is asked again. */
  'model.returned': { version: 1, data: z.object({ task: z.string(), model: z.string() }) },
  /** A call waits for others to end, because what these have set aside leaves too little of the budget. */
  'budget.waited': { version: 1, data: z.object({ task: z.string() }) },
  /** A call waits for its turn, because of what its provider allows in each minute. `milliseconds`: about how long it still will. */
  'limit.waited': { version: 1, data: z.object({ task: z.string(), provider: z.string(), milliseconds: z.number() }) },
} as const;
