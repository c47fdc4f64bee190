import type { z } from 'zod';
import type { ToolParameters } from '../tool.ts';
import { choicesOf, isOptional, kindOf } from './parameter-kind.ts';

/**
 * How a model writes a call in text: `read_file("path", first_line?, lines?)`. Texts are in quotes, a choice names its words, and what a call may do without ends
 * with `?`.
 */
export function describeCall({ name, parameters }: { name: string; parameters: ToolParameters }): string {
  const described = Object.entries(parameters.shape).map(([parameter, schema]) => describeParameter(parameter, schema as z.ZodType));
  return `${name}(${described.join(', ')})`;
}

function describeParameter(name: string, schema: z.ZodType): string {
  const kind = kindOf(schema);
  const words = kind === 'choice' ? `"${choicesOf(schema).join('" | "')}"` : kind === 'string' ? `"${name}"` : name;
  return isOptional(schema) ? `${words}?` : words;
}
