import { z } from 'zod';

/** An error as events hold it. */
export const errorSchema = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });
