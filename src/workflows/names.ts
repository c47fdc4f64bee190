import { z } from 'zod';

const expected = { error: 'expected snake_case, such as code_review' };

/** The name of a step, a kind, a role, an input. */
export const snakeCase = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, expected);

/** The name of a workflow, in snake_case. It may be written as on the command line and in names of files, in kebab-case. */
export const workflowName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/, expected)
  .transform(workflowNameInSnakeCase);

/** Both forms of a workflow's name are one name. */
export function workflowNameInSnakeCase(name: string): string {
  return name.replaceAll('-', '_');
}
