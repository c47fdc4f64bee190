import { z } from 'zod';

/**
 * A schema in the form from which servers build a grammar. It omits the bounds of every JavaScript integer: a grammar spells them out digit by digit, and some
 * servers then refuse it.
 */
export function jsonSchemaForModel(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return shape;
}
