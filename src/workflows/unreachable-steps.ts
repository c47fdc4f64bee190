import type { DefinitionProblem } from './definition-problem.ts';
import { evaluateExpression } from './expressions/evaluate-expression.ts';
import { ExpressionError } from './expressions/expression-error.ts';
import { placeName } from './shape-problems.ts';
import type { StepKindDeclarations } from './step-kind-declaration.ts';
import { optionsOfStep, type WorkflowStep } from './workflow-schema.ts';

/** Keys of conditions; what stands under one that is never true is never done. */
const conditions: ReadonlySet<unknown> = new Set(['when', 'while']);

/**
 * The conditions in a sound definition that are false whatever happens: they name nothing that a run could change. No error, because such a step may have been
 * put aside on purpose.
 */
export function unreachableSteps(
  steps: readonly WorkflowStep[],
  kinds: StepKindDeclarations,
  around: readonly PropertyKey[] = ['steps'],
): DefinitionProblem[] {
  return steps.flatMap((step, index) => {
    const path = [...around, index];
    const kind = kinds.get(step.kind);
    const options = optionsOfStep(step);
    const declared = (kind?.expressions?.(options) ?? []).filter((each) => conditions.has(each.path.at(-1)));
    const own = step.when === undefined ? [] : [{ path: ['when'], text: step.when }];
    const never = [...own, ...declared]
      .filter(({ text }) => isAlwaysFalse(text))
      .map(({ path: at, text }): DefinitionProblem => {
        const place = [...path, ...at];
        return { path: place, at: 'value', message: `${placeName(place)}${text} is never true, so that nothing of this is done` };
      });
    const inner = (kind?.inner?.(options) ?? []).flatMap((list) =>
      unreachableSteps(list.steps as WorkflowStep[], kinds, [...path, ...list.path]),
    );
    return [...never, ...inner];
  });
}

function isAlwaysFalse(text: string): boolean {
  try {
    return evaluateExpression(text, {}) === false;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}
