import type { InnerSteps, StepExpression, StepKindDeclaration } from './step-kind-declaration.ts';
import type { WorkflowStep } from './workflow-schema.ts';

/** A step of a definition that has the right shape, with its place, the steps within it and its expressions. */
export interface CheckedStep {
  step: WorkflowStep;
  path: readonly PropertyKey[];
  lists: (Omit<InnerSteps, 'steps'> & { steps: CheckedStep[] })[];
  expressions: StepExpression[];
  /** Of its kind. */
  declaration: StepKindDeclaration;
}

/** The step with the defaults of the steps within it. */
export function withInnerSteps({ step, lists }: CheckedStep): WorkflowStep {
  if (lists.length === 0) return step;
  const whole = structuredClone(step) as Record<string, unknown>;
  for (const { path, steps } of lists) {
    let holder: Record<string | number, unknown> = whole;
    for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
    holder[path.at(-1) ?? ''] = steps.map(withInnerSteps);
  }
  return whole as WorkflowStep;
}
