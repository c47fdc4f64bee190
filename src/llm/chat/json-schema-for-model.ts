import { z } from 'zod';

/**
 * A schema as servers build a grammar from it. The bounds of every JavaScript integer are left out: a grammar spells them out digit by digit, and some
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
