import { z } from 'zod';

/** The name of a workflow, a step, a kind, a role, an input. */
export const snakeCase = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'expected snake_case, such as code_review' });
