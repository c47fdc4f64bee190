import type { z } from 'zod';
import type { ExpressionNames, ExpressionType } from './expressions/expression-type.ts';
import { agentStepOptions } from './workflow-schema.ts';

/** A list of steps that stands in the options of another step. */
export interface InnerSteps {
  /** Where it stands: the keys that lead to it, such as `['steps']` or `['cases', 0, 'steps']`. */
  path: readonly (string | number)[];
  /** As they were written. */
  steps: readonly unknown[];
  /** How often they may be under way at once. Default: 1. */
  atOnce?: number | undefined;
  /** What the expressions of these steps may name beside what every step may: `{ item: 'any', index: 'number' }`. */
  names?: ExpressionNames | undefined;
}

/** An option that is an expression. */
export interface StepExpression {
  /** Where it stands in the options. */
  path: readonly (string | number)[];
  text: string;
  /** What its value has to be: `boolean` for a condition. */
  type: ExpressionType;
  names?: ExpressionNames | undefined;
}

/** Another step that an option names: it has to be there. */
export interface NamedStep {
  /** Where it stands in the options. */
  path: readonly (string | number)[];
  id: string;
  /** It has to be of this kind, in the same list, and depend on the step that names it. Absent: any step will do. */
  laterKind?: string | undefined;
}

/** How a text with `{{ … }}` is filled: `text`: the values stand in it. `shell`: each is one word of a command, or part of what is quoted there. `value`: one that is a single expression becomes its value. */
export type FilledTexts = 'text' | 'shell' | 'value';

/** What is known of a kind of step before anything runs: enough to check a definition with it. `options` are those of a step, by the schema. */
export interface StepKindDeclaration<Schema extends z.ZodObject = z.ZodObject> {
  /** What a step of this kind says, beside what every step says. */
  options: Schema;
  /** The steps within its options: they are checked, drawn and looked for programs like the others. Absent: there are none. */
  inner?: ((options: z.infer<Schema>) => InnerSteps[]) | undefined;
  /** Those of its options that are expressions. Its other texts may hold `{{ … }}`, and are filled before it is executed. */
  expressions?: ((options: z.infer<Schema>) => StepExpression[]) | undefined;
  /** How the texts of an option are filled; those that are not named as `text`. `nothing`: its texts are none of a definition, and `{{` in them stands for itself. */
  filledAs?: Readonly<Record<string, FilledTexts>> | 'nothing' | undefined;
  /** The other steps that its options name. */
  refersTo?: ((options: z.infer<Schema>) => NamedStep[]) | undefined;
  /** What a step is to do, where it says so in an option and needs no `description`. Absent: it needs one. */
  describe?: ((options: z.infer<Schema>) => string) | undefined;
}

/** By the kind's name. */
export type StepKindDeclarations = ReadonlyMap<string, StepKindDeclaration>;

/** Steps of agents are in every program. */
export const agentDeclaration: StepKindDeclaration<typeof agentStepOptions> = {
  options: agentStepOptions,
  describe: ({ task_type: taskType }) => inWords(taskType),
};

/** A name in snake_case as people write it. */
export function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The kinds when no others are registered. */
export const agentStepsOnly: StepKindDeclarations = new Map([['agent', agentDeclaration]]);
