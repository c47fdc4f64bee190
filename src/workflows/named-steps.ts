import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';
import type { CheckedStep } from './checked-step.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import type { ExpressionNames } from './expressions/expression-type.ts';
import { placeName } from './shape-problems.ts';

/** What is wrong with the steps that a step names by their ids. @param siblings The list that it stands in. */
export function namedStepProblems(
  { step, path, declaration }: CheckedStep,
  names: ExpressionNames,
  siblings: readonly CheckedStep[],
): DefinitionProblem[] {
  const shown = Array.isArray(step.context) ? step.context.map((id, index) => ({ path: ['context', index], id })) : [];
  const inContext = shown.flatMap(({ path: at, id }) => problemsAt([...path, ...at], whyUnknown(id, names)));
  const named = declaration.refersTo?.(step) ?? [];
  return [
    ...inContext,
    ...named.flatMap(({ path: at, id, laterKind }) =>
      problemsAt(
        [...path, ...at],
        whyUnknown(id, names) ?? (laterKind === undefined ? undefined : whyNotLater(step.id, id, laterKind, siblings)),
      ),
    ),
  ];
}

function problemsAt(path: readonly PropertyKey[], why: string | undefined): DefinitionProblem[] {
  return why === undefined ? [] : [{ path: [...path], at: 'value', message: `${placeName(path)}${why}` }];
}

function whyUnknown(id: string, { steps }: ExpressionNames): string | undefined {
  const known = typeof steps === 'object' && 'names' in steps ? steps.names : {};
  if (Object.hasOwn(known, id)) return undefined;
  const near = nearestName(id, Object.keys(known));
  return `there is no step ${shownName(id)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

function whyNotLater(own: string, id: string, kind: string, siblings: readonly CheckedStep[]): string | undefined {
  const wanted = `name a step of the kind ${kind} that depends on ${own}`;
  if (id === own) return `${own} names itself; ${wanted}`;
  const other = siblings.find(({ step }) => step.id === id)?.step;
  if (other === undefined) return `${id} does not stand in the same list as ${own}; ${wanted}`;
  if (other.kind !== kind) return `${id} is of the kind ${other.kind}; ${wanted}`;
  return other.depends_on.includes(own) ? undefined : `${id} does not depend on ${own}; ${wanted}`;
}
