import type { z } from 'zod';

/** What a parameter takes, with or without a default. */
export type ParameterKind = 'string' | 'number' | 'boolean' | 'choice' | 'other';

const kinds: Readonly<Record<string, ParameterKind>> = { string: 'string', number: 'number', boolean: 'boolean', enum: 'choice' };

export function kindOf(schema: z.ZodType): ParameterKind {
  return kinds[innermost(schema).def.type] ?? 'other';
}

/** The texts that a choice is between. */
export function choicesOf(schema: z.ZodType): string[] {
  const inner = innermost(schema);
  return inner.def.type === 'enum' ? (inner as z.ZodEnum).options.map(String) : [];
}

/** Whether a call may do without it. */
export function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

function innermost(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while ('innerType' in inner.def) inner = inner.def.innerType as z.ZodType;
  return inner;
}
