import { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { replySchemaProblems } from './reply-schema.ts';
import { longestExpression } from './expressions/parse-expression.ts';
import { snakeCase, workflowName } from './names.ts';
import { stepTime } from './step-time.ts';
import { workflowInputs } from './workflow-inputs.ts';

const text = z.string().trim().min(1, { error: 'expected a text, found an empty one' });

/** Texts end up in terminals and prompts, so they may not contain control characters. A description may have several lines. */
const title = text.regex(/^\P{Cc}*$/u, { error: 'expected one line without control characters' });
const description = text.regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected a text without control characters' });

/** Checked as an expression with the whole definition. */
export const expressionText = z
  .string()
  .trim()
  .min(1, { error: 'expected an expression, found an empty text' })
  .max(longestExpression)
  .regex(/^(?:\P{Cc}|[\n\t])*$/u, { error: 'expected an expression without control characters' });

/** What every step has a value for. */
const taken = new Set(['status', 'text', 'files', 'json', 'verdict', 'exit_code', 'output', 'decision', 'outputs']);
const outputName = snakeCase.refine((name) => !taken.has(name), { error: 'every step has a value of this name; give the output another' });

/** The keys of every step, whatever its kind. */
const stepBase = {
  /** Unique within the workflow. Ids of tasks made from the step begin with it. */
  id: snakeCase,
  /** How it is done. The kind decides which other options the step has. */
  kind: snakeCase.default('agent'),
  /** What it is to do. Needed where neither its kind nor the type of its task says so. */
  description: description.optional(),
  /** Ids of the steps that must be completed before. */
  depends_on: z.array(z.string()).default([]),
  /** An expression: where it is false when the step's turn comes, the step is left out, and those that depend on it go on. */
  when: expressionText.optional(),
  /** Of steps that are ready at the same time, the one with the larger number runs first. */
  priority: z.number().default(1),
  /** How often it is tried again where the same again may succeed. Default: as the settings say. */
  retries: z.int().min(0).max(20).optional(),
  /** How long one try may take, without the time that it waits: a number of seconds, or a time such as `10m`. */
  timeout: stepTime.optional(),
  /** Named values that others can use: expressions, worked out when it ends. */
  outputs: z.record(outputName, expressionText).optional(),
  /** Nobody after it is shown what was said in it. */
  private: z.boolean().optional(),
  /** Which earlier steps its agent is shown: all (the default), those that it depends on, or the ones that are named. */
  context: z.union([z.enum(['all', 'direct']), z.array(z.string()).max(1000)]).optional(),
};

/** The JSON Schema of a reply: the part of the language that `replySchemaProblems` allows. */
export const replySchema = z.record(z.string(), z.unknown()).superRefine((schema, context) => {
  for (const { path, message } of replySchemaProblems(schema)) context.addIssue({ code: 'custom', path, message });
});

/**
 * The tools that a step may name. They work on a copy of the project with what the run has written over it, which holds no secrets and is gone afterwards; commands and
 * pages run there in the sandbox. Nothing that they do reaches the project, so a workflow that came along with one may name them, too.
 */
export const stepTools = [
  'read_file',
  'list_files',
  'search_files',
  'execute_command',
  'database_schema',
  'database_query',
  'scan_secrets',
  'audit_dependencies',
  'look_at_page',
] as const;

/** Of these, what the agent of a session can do with any project. More are too many for a small model. */
export const usualTools: readonly (typeof stepTools)[number][] = ['read_file', 'list_files', 'search_files', 'execute_command'];

/** `<server>_<tool>`: which MCP servers there are, and what they have, is known where a run begins. */
const serverTool = /^[a-z][a-z\d]*_[a-z\d_]{1,80}$/;

/** Whether a tool that does not come along with us may have this name. One that is nearly the name of one of ours means that one, unless a server is in front of it. */
export function mayBeOfOthers(name: string): boolean {
  const near = nearestName(name, stepTools);
  return serverTool.test(name) && name !== 'git_operation' && (near === undefined || name.endsWith(`_${near}`));
}

const stepTool = z
  .string()
  .superRefine((name, context) => {
    if (stepTools.some((tool) => tool === name) || mayBeOfOthers(name)) return;
    context.addIssue({ code: 'invalid_value', values: [...stepTools], input: name });
  })
  .meta({ examples: [...stepTools] });

/** The further options of a step of the kind `agent`. */
export const agentStepOptions = z
  .object({
    /** A role of the team, built in or your own. When a run begins, it is checked that an agent plays it. */
    role: snakeCase,
    /** Names the role's instructions for the task. For a type without instructions, `description` is the instruction. */
    task_type: snakeCase,
    /**
     * `text`: the reply itself is the result. `files`: a reply without files is a failure. `either`: the files of the reply count, and where it has none, its text.
     * `json`: the reply is data that this JSON Schema describes.
     */
    expects: z.union([z.enum(['text', 'files', 'either']), z.strictObject({ json: replySchema })]),
    /** A model of the settings. It overrides that of the task type and of the role. */
    model: text.max(200).optional(),
    /** What is asked beside the instructions of its role and type of task, at the end of each of its messages. */
    instructions: description.max(20_000).optional(),
    /** How its replies are sampled: it stands above the settings. Its kind knows the names. */
    sampling: z.record(z.string(), z.unknown()).optional(),
    /** A command that checks what the step writes, in the place of what would be run by itself; `off`: nothing is run after it. */
    verify: text.max(10_000).optional(),
    /** How often at most what the step writes is written, until it passes its checks; the best stays. Absent: as the settings say (`task_attempts`). */
    attempts: z.number().int().min(1).max(10).optional(),
    /** The tools that its agent may call before it gives its result: the program's own, and those of others. Absent: those of its role. */
    tools: z.array(stepTool).min(1, { error: 'there is no tool' }).optional(),
    /** How often it may call some, each time as many as it likes, before it has to give its result. Absent: 10. */
    max_iterations: z.number().int().min(1).max(50).optional(),
  })
  .superRefine(({ tools, max_iterations: most, expects }, context) => {
    if (tools !== undefined && typeof expects === 'object')
      context.addIssue({ code: 'custom', path: ['tools'], message: 'expected none in a step that replies with data' });
    if (tools === undefined && most !== undefined)
      context.addIssue({ code: 'custom', path: ['max_iterations'], message: 'expected none in a step without tools' });
  });

/** Steps within the options of another step (`inner` of its kind says where they stand): checked by their own kinds like all others, they are `WorkflowStep`s. */
export const innerSteps = z.array(z.unknown()).min(1, { error: 'there is no step' });

/** The schema of a step of one kind, as it is written. */
export function stepSchema(options: z.ZodObject): z.ZodObject {
  return z.strictObject({ ...stepBase, ...options.shape });
}

/** A workflow as in its YAML file, with the same names. Each step is checked by its kind; `graphProblems` checks that they form a graph without circles. */
export const workflowSchema = z.strictObject({
  /** The version of the language of workflows. */
  version: z
    .number()
    .refine((version) => version === 1, { error: 'this program reads version 1; a workflow of a later version needs a later program' })
    .optional(),
  name: workflowName,
  /** The text for menus. Default: the name in words. */
  title: title.optional(),
  /** Default: the title. */
  description: description.optional(),
  /** What a run is given. Default: a requirement, and nothing else. */
  inputs: workflowInputs.optional(),
  /** Values that steps share. A text may hold `{{ … }}` over the inputs and the values before it. */
  vars: z.record(snakeCase, z.unknown()).optional(),
  /** What comes of it, by name: expressions that are worked out when its steps have ended. */
  outputs: z.record(snakeCase, expressionText).optional(),
  steps: innerSteps,
});

type StepBase = Omit<z.infer<z.ZodObject<typeof stepBase>>, 'description'> & { description: string };

/** A step that an agent does, with its defaults. */
export type AgentStep = StepBase & z.infer<typeof agentStepOptions>;
/** One step of a workflow, with its defaults: the keys of every step and the options of its kind. */
export type WorkflowStep = StepBase & Readonly<Record<string, unknown>>;
/** A workflow, with the defaults of its steps. */
export type WorkflowDefinition = Omit<z.infer<typeof workflowSchema>, 'steps' | 'title' | 'description'> & {
  title: string;
  description: string;
  steps: WorkflowStep[];
};

type StepInput<Options> = z.input<z.ZodObject<Omit<typeof stepBase, 'kind'>>> & Options;
/**
 * A definition before its defaults are filled in.
 * @example
 * const definition: WorkflowDefinitionInput = {
 *   name: 'reviewed-build',
 *   steps: [
 *     { id: 'build', role: 'developer', task_type: 'implementation', expects: 'files' },
 *     { id: 'release', kind: 'approval', ask: 'May this go out?', depends_on: ['build'] },
 *   ],
 * };
 * console.log(new WorkflowEngine(orchestrator).registerWorkflow(definition).steps.length); // 2
 */
export type WorkflowDefinitionInput = Omit<z.input<typeof workflowSchema>, 'steps'> & {
  steps: (
    | StepInput<{ kind?: 'agent' | undefined } & z.input<typeof agentStepOptions>>
    | StepInput<{ kind: string } & Record<string, unknown>>
  )[];
};

/**
 * Whether an agent does the step; such a step has a role.
 * @example
 * const { steps } = new WorkflowEngine(orchestrator).getWorkflowTemplate('quick_answer');
 * console.log(steps.filter(isAgentStep).map(({ role }) => role)); // [ 'developer' ]
 */
export function isAgentStep(step: WorkflowStep): step is WorkflowStep & AgentStep {
  return step.kind === 'agent';
}

/** The options of a step beyond the keys of every step. */
export function optionsOfStep(step: WorkflowStep): Record<string, unknown> {
  return Object.fromEntries(Object.entries(step).filter(([key]) => !Object.hasOwn(stepBase, key)));
}
