import { z } from 'zod';

/** The keys that a schema allows at a place of its values; none where it allows any, or expects no keys. */
export function keysAt(schema: z.core.$ZodType, [part, ...rest]: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return keysAt(schema.unwrap(), part === undefined ? [] : [part, ...rest]);
  // Of several forms only one has keys.
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, part === undefined ? [] : [part, ...rest]));
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.core.$ZodType>;
    if (part === undefined) return Object.keys(shape);
    const inner = Object.hasOwn(shape, part) ? shape[String(part)] : undefined;
    return inner === undefined ? [] : keysAt(inner, rest);
  }
  if (part === undefined) return [];
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  return schema instanceof z.ZodRecord ? keysAt(schema.valueType, rest) : [];
}
