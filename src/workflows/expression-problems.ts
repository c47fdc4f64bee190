import { shownName } from '../utils/printable.ts';
import type { CheckedStep } from './checked-step.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { compileExpression } from './expressions/compile-expression.ts';
import { ExpressionError } from './expressions/expression-error.ts';
import type { ExpressionNames, ExpressionType } from './expressions/expression-type.ts';
import { templateParts } from './expressions/text-template.ts';
import { placeName } from './shape-problems.ts';
import { optionsOfStep } from './workflow-schema.ts';

/** What is known of every step, whatever its kind: nothing is missing, so that a condition never fails because a step has not run. */
const ofStep: ExpressionNames = {
  status: 'text',
  text: 'text',
  files: { list: 'text' },
  json: 'any',
  verdict: 'text',
  exit_code: 'any',
  output: 'any',
  decision: 'text',
  outputs: 'map',
};

/** What is wrong with the expressions of a definition: unknown names, wrong types, and what is no expression at all. */
export function expressionProblems(steps: readonly CheckedStep[]): DefinitionProblem[] {
  const named: Record<string, ExpressionType> = {};
  const name = (list: readonly CheckedStep[]) => {
    for (const { step, lists } of list) {
      named[step.id] = { names: ofStep };
      for (const { steps: within } of lists) name(within);
    }
  };
  name(steps);
  const names: ExpressionNames = {
    inputs: 'map',
    vars: 'map',
    run: { names: { id: 'text', workflow: 'text' } },
    steps: { names: named },
  };
  return steps.flatMap((step) => problemsOfStep(step, names));
}

function problemsOfStep({ step, path, lists, expressions }: CheckedStep, names: ExpressionNames): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const check = (
    text: string,
    at: readonly PropertyKey[],
    type: ExpressionType,
    more: { offset?: number; own?: ExpressionNames | undefined } = {},
  ) => {
    const { offset = 0, own } = more;
    try {
      compileExpression(text).check({ ...names, ...own }, type);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const place = [...path, ...at];
      problems.push({ path: place, at: 'value', message: `${placeName(place)}${shownName(error.message)}`, offset: offset + error.at });
    }
  };
  if (step.when !== undefined) check(step.when, ['when'], 'boolean');
  for (const { path: at, text, type, names: own } of expressions) check(text, at, type, { own });
  const apart = new Set([...expressions, ...lists].map(({ path: at }) => at.join('.')));
  const walk = (value: unknown, at: readonly PropertyKey[]) => {
    if (apart.has(at.join('.'))) return;
    if (typeof value === 'string') {
      for (const part of templateParts(value) ?? []) if (part.type === 'expression') check(part.text, at, 'any', { offset: part.at });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  walk({ description: step.description, ...optionsOfStep(step) }, []);
  return [...problems, ...lists.flatMap(({ steps, names: own }) => steps.flatMap((inner) => problemsOfStep(inner, { ...names, ...own })))];
}
