import { z } from 'zod';
import { snakeCase } from './names.ts';

const types = ['text', 'number', 'boolean', 'list'] as const;

/** What a value of an input can be. */
export type InputType = (typeof types)[number];

const declaration = z
  .strictObject({
    type: z.enum(types),
    /** The value where none is given. Without it the input has to be given. */
    default: z.unknown().optional(),
    /** What it is for, for the person who gives it. */
    description: z.string().trim().min(1).max(1000).optional(),
  })
  .superRefine(({ type, default: value }, context) => {
    if (value !== undefined && !isOfType(value, type))
      context.addIssue({ code: 'custom', path: ['default'], message: `expected ${nameOfInputType(type)}` });
  });

/** The inputs of a workflow by name. `required` and `optional` are short for a text without and with an empty default. */
export const workflowInputs = z
  .record(snakeCase, z.union([z.enum(['required', 'optional']), declaration]))
  .superRefine((inputs, context) => {
    const { requirement } = inputs;
    // It is given as a text, in a file or in words.
    if (typeof requirement === 'object' && requirement.type !== 'text')
      context.addIssue({
        code: 'custom',
        path: ['requirement', 'type'],
        message: 'the requirement is a text; give another input this type',
      });
  });

/** As they are written. */
export type WorkflowInputs = z.infer<typeof workflowInputs>;

/** An input with what the short forms stand for. */
export interface InputDeclaration {
  type: InputType;
  default?: unknown;
  description?: string | undefined;
}

/** Each input of a workflow. Without any, the requirement is the one input. */
export function inputsOf({ inputs }: { inputs?: WorkflowInputs | undefined }): Map<string, InputDeclaration> {
  if (inputs === undefined) return new Map([['requirement', { type: 'text' }]]);
  return new Map(
    Object.entries(inputs).map(([name, written]) => {
      if (written === 'required') return [name, { type: 'text' }];
      return [name, written === 'optional' ? { type: 'text', default: '' } : written];
    }),
  );
}

export function isOfType(value: unknown, type: InputType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'list':
      return Array.isArray(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    default:
      return typeof value === 'boolean';
  }
}

export function nameOfInputType(type: InputType): string {
  return { text: 'a text', number: 'a number', boolean: 'true or false', list: 'a list' }[type];
}
