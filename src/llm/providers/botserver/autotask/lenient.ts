import { z } from 'zod';

/** A value that another server may leave out, or say otherwise: it is then not there. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** A text with something in it. */
export const someText = lenient(z.string().refine((text) => text.trim() !== ''));
