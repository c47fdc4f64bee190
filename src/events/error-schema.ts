import { z } from 'zod';

/** An error as it is stored in events. */
export const errorSchema = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });
