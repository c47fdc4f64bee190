import { nearestName } from '../utils/nearest-name.ts';
import { valueAt } from '../utils/parse-json.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { stepsWithin, type WrittenStep } from './steps-within.ts';

/** What a definition may refer to by name. */
export interface KnownNames {
  roles: readonly string[];
  /** Those of the roles that the settings disable. */
  disabled?: readonly string[] | undefined;
  /** Why a role of this name cannot be used, though it is there. */
  whyUnclear?: ((role: string) => string | undefined) | undefined;
  /** In snake_case. */
  workflows: readonly string[];
  /** The models of the settings. Absent: any name is one of the model server. */
  models?: readonly string[] | undefined;
}

/**
 * Names of roles, models and other workflows that there are not, in any step of a definition, also in those within steps, and in what a plan may hold. `value`
 * need not have the right shape: what cannot be read is passed over.
 */
export function referenceProblems(
  value: unknown,
  { roles, disabled = [], whyUnclear = () => undefined, workflows, models }: KnownNames,
): DefinitionProblem[] {
  return stepsWithin(value).flatMap((written) => {
    const { step } = written;
    const ofRoles = [namedAt(written, ['role']), ...namedIn(written, ['allow', 'roles'])].flatMap((named) => {
      const unclear = named.name === undefined ? undefined : whyUnclear(named.name);
      if (unclear !== undefined) return [problem(named, `names the role ${named.name}. ${unclear}`)];
      return [...unknown(named, 'role', roles), ...off(named, disabled)];
    });
    const ofModel = models === undefined ? [] : unknown(namedAt(written, ['model']), 'model', models);
    if (step['kind'] !== 'workflow') return [...ofRoles, ...ofModel];
    const named = namedAt(written, ['workflow']);
    const name = named.name?.trim().toLowerCase().replaceAll('-', '_');
    return [...ofRoles, ...ofModel, ...unknown({ ...named, name }, 'workflow', workflows)];
  });
}

/**
 * Types of tasks that no role has instructions for, where nothing else says what is to be done, or where another type has almost the same name. No error,
 * because a type may be one's own.
 * @param known Those with instructions.
 */
export function taskTypeWarnings(value: unknown, known: readonly string[]): DefinitionProblem[] {
  return stepsWithin(value).flatMap((written) => {
    const own = namedAt(written, ['task_type']);
    return [own, ...namedIn(written, ['allow', 'task_types'])].flatMap((named) => {
      if (named.name === undefined || known.includes(named.name)) return [];
      const nearest = nearestName(named.name, known);
      const isSilent = named === own && written.step['description'] === undefined;
      if (nearest === undefined && !isSilent) return [];
      const help = nearest === undefined ? 'say in description what is to be done' : `did you mean ${nearest}?`;
      return [problem(named, `has a task type that no role has instructions for, ${shownName(named.name)}; ${help}`)];
    });
  });
}

/** A name in a step; undefined where there is none that can be read. */
interface Named {
  step: string;
  path: PropertyKey[];
  name: string | undefined;
}

function namedAt({ step, path }: WrittenStep, keys: readonly string[]): Named {
  const value = valueAt(step, keys);
  return { step: String(step['id']), path: [...path, ...keys], name: typeof value === 'string' ? value : undefined };
}

function namedIn({ step, path }: WrittenStep, keys: readonly string[]): Named[] {
  const list = valueAt(step, keys);
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, index) => ({
    step: String(step['id']),
    path: [...path, ...keys, index],
    name: typeof value === 'string' ? value : undefined,
  }));
}

function unknown(named: Named, what: string, names: readonly string[]): DefinitionProblem[] {
  const { name } = named;
  if (name === undefined || names.includes(name)) return [];
  const nearest = nearestName(name, names);
  const help = nearest === undefined ? `there are ${names.join(', ')}` : `did you mean ${nearest}?`;
  return [problem(named, `names the unknown ${what} ${shownName(name)}; ${help}`)];
}

function off(named: Named, disabled: readonly string[]): DefinitionProblem[] {
  const { name } = named;
  if (name === undefined || !disabled.includes(name)) return [];
  return [problem(named, `names the role ${name}, which the settings disable (agents.${name}.enabled)`)];
}

function problem({ step, path }: Named, message: string): DefinitionProblem {
  return { path, at: 'value', message: `${shownName(step)} ${message}` };
}
