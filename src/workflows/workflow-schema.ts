import { z } from 'zod';

const snakeCase = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'expected snake_case, such as code_review' });

const text = z.string().trim().min(1, { error: 'expected a text, found an empty one' });

/** Texts end up in terminals and prompts, so they hold no control characters; a description may have several lines. */
const title = text.regex(/^\P{Cc}*$/u, { error: 'expected one line without control characters' });
const description = text.regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

export const workflowStepSchema = z.strictObject({
  /** Unique within the workflow; the first part of the ids of the tasks made from it. */
  id: snakeCase,
  kind: z.literal('agent').default('agent'),
  /** One of the five of the team, or the role of an agent of one's own; that somebody plays it is checked when a run begins. */
  role: snakeCase,
  /** Names the instructions the role works by; a type without instructions of its own works by `description`. */
  task_type: snakeCase,
  description,
  /** Ids of the steps that must be completed before. */
  depends_on: z.array(z.string()).default([]),
  /** `text`: the reply itself is the result. `files`: a reply without files has failed. */
  expects: z.enum(['text', 'files']),
  /** Of steps that are ready at the same time the larger one runs first. */
  priority: z.number().default(1),
});

/** A workflow as its YAML file says it, with the same names. That the steps form a graph without circles is checked by `graphProblems`. */
export const workflowSchema = z.strictObject({
  name: snakeCase,
  /** What menus show. */
  title,
  description,
  steps: z.array(workflowStepSchema).min(1),
});

/** One step of a workflow, with its defaults. */
export type WorkflowStep = z.infer<typeof workflowStepSchema>;
/** A workflow, with the defaults of its steps. */
export type WorkflowDefinition = z.infer<typeof workflowSchema>;
/** A definition before its defaults are filled in. */
export type WorkflowDefinitionInput = z.input<typeof workflowSchema>;
