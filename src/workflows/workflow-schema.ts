import { z } from 'zod';
import { replySchemaProblems } from './reply-schema.ts';
import { longestExpression } from './expressions/expression-length.ts';

/** A name as definitions have them: of a step, a kind, a role, a type of task. */
export const snakeCase = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'expected snake_case, such as code_review' });

const text = z.string().trim().min(1, { error: 'expected a text, found an empty one' });

/** Texts end up in terminals and prompts, so they may not contain control characters. A description may have several lines. */
const title = text.regex(/^\P{Cc}*$/u, { error: 'expected one line without control characters' });
const description = text.regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

/** Checked as an expression with the whole definition. */
export const expressionText = z.string().trim().min(1, { error: 'expected an expression, found an empty text' }).max(longestExpression);

/** The keys of every step, whatever its kind. */
const stepBase = {
  /** Unique within the workflow. Ids of tasks made from the step begin with it. */
  id: snakeCase,
  /** How it is done. The kind decides which other options the step has. */
  kind: snakeCase.default('agent'),
  description,
  /** Ids of the steps that must be completed before. */
  depends_on: z.array(z.string()).default([]),
  /** An expression: where it is false when the step's turn comes, the step is left out, and those that depend on it go on. */
  when: expressionText.optional(),
  /** Of steps that are ready at the same time, the one with the larger number runs first. */
  priority: z.number().default(1),
};

/** The JSON Schema of a reply: the part of the language that `replySchemaProblems` allows. */
export const replySchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  for (const { path, message } of replySchemaProblems(schema)) context.addIssue({ code: 'custom', path, message });
});

/** The further options of a step of the kind `agent`. */
export const agentStepOptions = z.object({
  /** A role of the team, built in or your own. When a run begins, it is checked that an agent plays it. */
  role: snakeCase,
  /** Names the role's instructions for the task. For a type without instructions, `description` is the instruction. */
  task_type: snakeCase,
  /** `text`: the reply itself is the result. `files`: a reply without files is a failure. `json`: the reply is data that this JSON Schema describes. */
  expects: z.union([z.enum(['text', 'files']), z.strictObject({ json: replySchema })]),
  /** A model of the settings. It overrides that of the task type and of the role. */
  model: text.max(200).optional(),
  /** A command that checks what the step writes, in the place of what would be run by itself; `off`: nothing is run after it. */
  verify: text.max(10_000).optional(),
});

/** Steps within the options of another step (`inner` of its kind says where they stand): checked by their own kinds like all others, they are `WorkflowStep`s. */
export const innerSteps = z.array(z.unknown()).min(1);

/** The schema of a step of one kind, as it is written. */
export function stepSchema(options: z.ZodObject): z.ZodObject {
  return z.strictObject({ ...stepBase, ...options.shape });
}

/** A workflow as in its YAML file, with the same names. Each step is checked by its kind; `graphProblems` checks that they form a graph without circles. */
export const workflowSchema = z.strictObject({
  name: snakeCase,
  /** The text for menus. */
  title,
  description,
  /** The input of a run. A requirement is needed unless it is `optional`. */
  inputs: z.strictObject({ requirement: z.enum(['required', 'optional']) }).optional(),
  steps: z.array(z.unknown()).min(1),
});

type StepBase = z.infer<z.ZodObject<typeof stepBase>>;

/** A step that an agent does, with its defaults. */
export type AgentStep = StepBase & z.infer<typeof agentStepOptions>;
/** One step of a workflow, with its defaults: the keys of every step and the options of its kind. */
export type WorkflowStep = StepBase & Readonly<Record<string, unknown>>;
/** A workflow, with the defaults of its steps. */
export type WorkflowDefinition = Omit<z.infer<typeof workflowSchema>, 'steps'> & { steps: WorkflowStep[] };

type StepInput<Options> = z.input<z.ZodObject<Omit<typeof stepBase, 'kind'>>> & Options;
/** A definition before its defaults are filled in. */
export type WorkflowDefinitionInput = Omit<WorkflowDefinition, 'steps'> & {
  steps: (
    | StepInput<{ kind?: 'agent' | undefined } & z.input<typeof agentStepOptions>>
    | StepInput<{ kind: string } & Record<string, unknown>>
  )[];
};

/** Whether an agent does the step; such a step has a role. */
export function isAgentStep(step: WorkflowStep): step is WorkflowStep & AgentStep {
  return step.kind === 'agent';
}

/** The options of a step beyond the keys of every step. */
export function optionsOfStep(step: WorkflowStep): Record<string, unknown> {
  return Object.fromEntries(Object.entries(step).filter(([key]) => !Object.hasOwn(stepBase, key)));
}
