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
  /** The run has chosen which models those ask who name none (`llm_model: auto`). It counts until another such event. */
  'model.routed': {
    version: 1,
    data: z.object({
      routes: z.array(
        z.object({
          /** Absent: for all types of tasks without a route of their own. */
          taskType: z.string().optional(),
          /** For tasks that only models on this machine may do. */
          private: z.boolean(),
          /** The model by its name for people, the place in the settings whose server it has, and its name on that server. */
          name: z.string(),
          place: z.string(),
          model: z.string(),
          /** How many of the tasks that are known beforehand. */
          tasks: z.number().int().nonnegative(),
          /** Why it: goes on a sentence. */
          because: z.string(),
        }),
      ),
      /** How often servers have to load another model, and what that takes. Absent: never. */
      changes: z
        .object({
          count: z.number().int().positive(),
          /** Seconds of loading, of those loads that were measured before on this machine. */
          loadSeconds: z.number().nonnegative(),
          /** How many of the loads were never measured. */
          unmeasured: z.number().int().nonnegative(),
          /** About how many tokens models read that another one has read. */
          tokensReadAgain: z.number().int().nonnegative(),
        })
        .optional(),
      /** Models that were chosen earlier and cannot be asked any more. */
      gone: z.array(z.object({ name: z.string(), why: z.string() })),
      /** What the settings name and could not be asked, and why. */
      leftOut: z.array(z.object({ name: z.string(), why: z.string() })),
    }),
  },
  /** A model that was not available is asked again. */
  'model.returned': { version: 1, data: z.object({ task: z.string(), model: z.string() }) },
  /** A call waits for others to end, because what these have set aside leaves too little of the budget. */
  'budget.waited': { version: 1, data: z.object({ task: z.string() }) },
  /** A call waits for its turn, because of what its provider allows in each minute. `milliseconds`: about how long it still will. */
  'limit.waited': { version: 1, data: z.object({ task: z.string(), provider: z.string(), milliseconds: z.number() }) },
} as const;
