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

/** What is known of a kind of step before anything runs: enough to check a definition with it. `options` are those of a step, by the schema. */
export interface StepKindDeclaration<Schema extends z.ZodObject = z.ZodObject> {
  /** What a step of this kind says, beside what every step says. */
  options: Schema;
  /** The steps within its options: they are checked, drawn and looked for programs like the others. Absent: there are none. */
  inner?: ((options: z.infer<Schema>) => InnerSteps[]) | undefined;
  /** Those of its options that are expressions. Its other texts may hold `{{ … }}`, and are filled before it is executed. */
  expressions?: ((options: z.infer<Schema>) => StepExpression[]) | undefined;
}

/** By the kind's name. */
export type StepKindDeclarations = ReadonlyMap<string, StepKindDeclaration>;

/** The kinds when no others are registered. */
export const agentStepsOnly: StepKindDeclarations = new Map([['agent', { options: agentStepOptions }]]);
