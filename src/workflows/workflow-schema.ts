import { z } from 'zod';

const snakeCase = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'expected snake_case, such as code_review' });

const text = z.string().trim().min(1, { error: 'expected a text, found an empty one' });

/** Texts end up in terminals and prompts, so they hold no control characters; a description may have several lines. */
const title = text.regex(/^\P{Cc}*$/u, { error: 'expected one line without control characters' });
const description = text.regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

/** What every step says, whatever its kind. */
const stepBase = {
  /** Unique within the workflow; the first part of the ids of the tasks made from it. */
  id: snakeCase,
  /** How it is done; what else the step says is a matter of its kind. */
  kind: snakeCase.default('agent'),
  description,
  /** Ids of the steps that must be completed before. */
  depends_on: z.array(z.string()).default([]),
  /** Of steps that are ready at the same time the larger one runs first. */
  priority: z.number().default(1),
};

/** What a step of the kind `agent` says beside that. */
export const agentStepOptions = z.object({
  /** One of the team, built in or of one's own; that somebody plays it is checked when a run begins. */
  role: snakeCase,
  /** Names the instructions the role works by; a type without instructions of its own works by `description`. */
  task_type: snakeCase,
  /** `text`: the reply itself is the result. `files`: a reply without files has failed. */
  expects: z.enum(['text', 'files']),
  /** One of the models of the settings; it wins over that of the task type and of the role. */
  model: text.max(200).optional(),
});

/** By the name of each kind of step, what such a step says of its own. */
export type StepOptionSchemas = ReadonlyMap<string, z.ZodObject>;

/** Where nobody has registered more. */
export const agentStepsOnly: StepOptionSchemas = new Map([['agent', agentStepOptions]]);

/** A step of one kind, as it is written. */
export function stepSchema(options: z.ZodObject): z.ZodObject {
  return z.strictObject({ ...stepBase, ...options.shape });
}

/**
 * A workflow as its YAML file says it, with the same names. Its steps are checked one by one, each by its kind; that they form a graph without circles is
 * checked by `graphProblems`.
 */
export const workflowSchema = z.strictObject({
  name: snakeCase,
  /** What menus show. */
  title,
  description,
  /** What a run of it is given. A requirement is needed unless it is said to be `optional`. */
  inputs: z.strictObject({ requirement: z.enum(['required', 'optional']) }).optional(),
  steps: z.array(z.unknown()).min(1),
});

type StepBase = z.infer<z.ZodObject<typeof stepBase>>;

/** A step that an agent does, with its defaults. */
export type AgentStep = StepBase & z.infer<typeof agentStepOptions>;
/** One step of a workflow, with its defaults. Beside what every step says it holds what its kind asks for. */
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

/** Whether an agent does the step, who then has a role. */
export function isAgentStep(step: WorkflowStep): step is WorkflowStep & AgentStep {
  return step.kind === 'agent';
}

/** What a step says beside what every step says. */
export function optionsOfStep(step: WorkflowStep): Record<string, unknown> {
  return Object.fromEntries(Object.entries(step).filter(([key]) => !Object.hasOwn(stepBase, key)));
}
