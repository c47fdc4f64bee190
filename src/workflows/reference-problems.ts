import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';

/** What a definition may refer to by name. */
export interface KnownNames {
  roles: readonly string[];
  /** In snake_case. */
  workflows: readonly string[];
}

/** Deeper is nothing that a person has written. */
const deepest = 50;

/**
 * Names of roles and of other workflows that there are not, in any step of a definition, also in those within steps. `value` need not have the right shape:
 * what cannot be read is passed over.
 */
export function referenceProblems(value: unknown, known: KnownNames): DefinitionProblem[] {
  return stepsIn(value, []).flatMap(({ step, path }) => {
    const problems: DefinitionProblem[] = [];
    const check = (key: string, what: string, names: readonly string[], name = step[key]) => {
      if (typeof name !== 'string' || names.includes(name)) return;
      const nearest = nearestName(name, names);
      const help = nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`;
      problems.push({
        path: [...path, key],
        at: 'value',
        message: `${String(step['id'])} names the unknown ${what} ${shownName(name)}; ${help}`,
      });
    };
    check('role', 'role', known.roles);
    if (step['kind'] === 'workflow')
      check('workflow', 'workflow', known.workflows, String(step['workflow']).trim().toLowerCase().replaceAll('-', '_'));
    return problems;
  });
}

type Step = Record<string, unknown>;

/** Everything in lists called `steps`, or in lists of a step that look like steps. */
function stepsIn(value: unknown, path: PropertyKey[]): { step: Step; path: PropertyKey[] }[] {
  if (typeof value !== 'object' || value === null || path.length > deepest) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const isStep = Array.isArray(value) && isRecord(inner) && typeof inner['id'] === 'string';
    return [...(isStep ? [{ step: inner, path: place }] : []), ...stepsIn(inner, place)];
  });
}

function isRecord(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
