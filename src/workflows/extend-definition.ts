import { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { valueAt } from '../utils/parse-json.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { workflowName, workflowNameInSnakeCase } from './names.ts';
import { placeName, shapeProblems } from './shape-problems.ts';
import { type WorkflowDefinition, workflowSchema } from './workflow-schema.ts';

const { steps: _, ...ofWorkflow } = workflowSchema.shape;

const addedSteps = z.array(z.record(z.string(), z.unknown())).min(1, { error: 'there is no step' });

/** A workflow that is another one with changes, as it is written. */
export const extensionSchema = z.strictObject({
  ...ofWorkflow,
  /** The name of the workflow that it is. One of its own name in an earlier layer may be meant, too. */
  extends: workflowName,
  /** Steps in the place of others, by the ids of these. What they depend on stays, unless they say it themselves. */
  replace: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  /** Steps that are done before others, by the ids of these. */
  insert_before: z.record(z.string(), addedSteps).optional(),
  /** Steps that are done after others and before what follows these, by their ids. */
  insert_after: z.record(z.string(), addedSteps).optional(),
  /** Ids of steps that are left out. What depends on one then depends on what it depended on. */
  remove: z.array(z.string()).optional(),
});

/**
 * A workflow that is another one with changes, as a program gives it.
 * @example
 * const extension: WorkflowExtensionInput = { name: 'short-fix', extends: 'bug_fix', remove: ['release_notes'] };
 * console.log(new WorkflowEngine(orchestrator).registerWorkflow(extension).steps.length); // 3
 */
export type WorkflowExtensionInput = z.input<typeof extensionSchema>;

type Step = Record<string, unknown>;

/** A step of the result and where it was written; undefined: in the workflow that is extended. */
interface Placed {
  step: Step;
  path?: readonly PropertyKey[];
}

export interface ExtendedDefinition {
  /** The whole definition, to be checked like any other. */
  value: Record<string, unknown>;
  problems: DefinitionProblem[];
  /** Where a problem of the whole definition is in the extending one. */
  locate: (problem: DefinitionProblem) => DefinitionProblem;
}

/** A definition that extends `base`, put together. */
export function extendDefinition(written: Record<string, unknown>, base: WorkflowDefinition): ExtendedDefinition {
  const parsed = extensionSchema.safeParse(written);
  const problems = (parsed.error?.issues ?? []).flatMap((issue) => shapeProblems(issue, written, extensionSchema));
  if (!parsed.success) return { value: {}, problems, locate: (problem) => problem };
  const { extends: _name, replace = {}, insert_before: before = {}, insert_after: after = {}, remove = [], ...own } = parsed.data;
  problems.push(...unknownIds({ replace, insert_before: before, insert_after: after }, remove, base));
  const removed = new Set(remove);
  for (const id of Object.keys(replace))
    if (removed.has(id)) problems.push(problemAt(['replace', id], `${id} is both replaced and removed`));

  let steps: Placed[] = base.steps.map((step) => {
    const other = Object.hasOwn(replace, step.id) ? replace[step.id] : undefined;
    if (other === undefined) return { step: { ...step } };
    return { step: { depends_on: step.depends_on, ...other, id: step.id }, path: ['replace', step.id] };
  });
  for (const [id, added] of Object.entries(before)) steps = insertBefore(steps, id, placed(added, ['insert_before', id]));
  for (const [id, added] of Object.entries(after)) steps = insertAfter(steps, id, placed(added, ['insert_after', id]));
  for (const id of remove) steps = leaveOut(steps, id);

  const inputs = base.inputs === undefined && own.inputs === undefined ? {} : { inputs: { ...base.inputs, ...own.inputs } };
  const vars = base.vars === undefined && own.vars === undefined ? {} : { vars: { ...base.vars, ...own.vars } };
  const outputs = base.outputs === undefined && own.outputs === undefined ? {} : { outputs: { ...base.outputs, ...own.outputs } };
  const version = base.version === undefined ? {} : { version: base.version };
  const value = { ...version, description: base.description, ...own, ...inputs, ...vars, ...outputs, steps: steps.map(({ step }) => step) };
  return { value, problems, locate: (problem) => locateIn(steps, problem) };
}

function placed(steps: readonly Step[], path: readonly PropertyKey[]): Placed[] {
  return steps.map((step, index) => ({ step: { ...step }, path: [...path, index] }));
}

/** The added ones wait for what the step waited for, and it waits for them. */
function insertBefore(steps: readonly Placed[], id: string, added: readonly Placed[]): Placed[] {
  return steps.flatMap((one) => {
    if (one.step['id'] !== id) return one;
    const dependencies = dependenciesOf(one.step);
    return [...waiting(added, dependencies), { ...one, step: { ...one.step, depends_on: [...dependencies, ...lastOf(added)] } }];
  });
}

/** The added ones wait for the step, and what waited for it waits for them, too. */
function insertAfter(steps: readonly Placed[], id: string, added: readonly Placed[]): Placed[] {
  return steps.flatMap((one) => {
    if (one.step['id'] === id) return [one, ...waiting(added, [id])];
    const dependencies = dependenciesOf(one.step);
    if (!dependencies.includes(id)) return one;
    return { ...one, step: { ...one.step, depends_on: [...dependencies, ...lastOf(added)] } };
  });
}

function leaveOut(steps: readonly Placed[], id: string): Placed[] {
  const left = steps.find(({ step }) => step['id'] === id);
  const instead = left === undefined ? [] : dependenciesOf(left.step);
  return steps.flatMap((one) => {
    if (one === left) return [];
    const dependencies = dependenciesOf(one.step);
    if (!dependencies.includes(id)) return one;
    const kept = dependencies.flatMap((name) => (name === id ? instead : [name]));
    return { ...one, step: { ...one.step, depends_on: [...new Set(kept)] } };
  });
}

/** Those that name nothing to wait for wait for these. */
function waiting(added: readonly Placed[], dependencies: readonly unknown[]): Placed[] {
  return added.map((one) =>
    one.step['depends_on'] === undefined ? { ...one, step: { ...one.step, depends_on: [...dependencies] } } : one,
  );
}

/** The ids of those that no other one of them waits for. */
function lastOf(added: readonly Placed[]): unknown[] {
  const needed = new Set(added.flatMap(({ step }) => dependenciesOf(step)));
  return added.flatMap(({ step }) => (needed.has(step['id']) ? [] : [step['id']]));
}

/** What is no list is found when the whole is checked. */
function dependenciesOf(step: Step): unknown[] {
  return Array.isArray(step['depends_on']) ? (step['depends_on'] as unknown[]) : [];
}

function unknownIds(
  changes: Record<string, Record<string, unknown>>,
  remove: readonly string[],
  base: WorkflowDefinition,
): DefinitionProblem[] {
  const known = base.steps.map(({ id }) => id);
  const named = Object.entries(changes).flatMap(([key, byId]) =>
    Object.keys(byId).map((id) => ({ id, path: [key, id], at: 'key' as const })),
  );
  const removed = remove.map((id, index) => ({ id, path: ['remove', index], at: 'value' as const }));
  return [...named, ...removed].flatMap(({ id, path, at }) => {
    if (known.includes(id)) return [];
    const near = nearestName(id, known);
    const help = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
    return { ...problemAt(path, `${base.name} has no step ${shownName(id)}; ${help}`), at };
  });
}

function problemAt(path: PropertyKey[], message: string): DefinitionProblem {
  return { path, at: 'value', message: `${placeName(path)}${message}` };
}

function locateIn(steps: readonly Placed[], problem: DefinitionProblem): DefinitionProblem {
  const [key, index, ...rest] = problem.path;
  if (key !== 'steps' || typeof index !== 'number') return problem;
  const { step, path } = steps[index] ?? {};
  const place = `steps[${index}]`;
  // A place of the whole is nowhere in the file: it is called by where it comes from.
  const called = path === undefined ? `extends: its step ${shownName(String(step?.['id']))}` : placeName(path).slice(0, -2);
  const message = problem.message.startsWith(place) ? `${called}${problem.message.slice(place.length)}` : problem.message;
  return path === undefined ? { path: ['extends'], at: 'value', message } : { ...problem, message, path: [...path, ...rest] };
}

/** The name of the workflow that a definition extends; undefined: it extends none. */
export function extendedName(value: unknown): string | undefined {
  const name = valueAt(value, ['extends']);
  return typeof name === 'string' ? workflowNameInSnakeCase(name) : undefined;
}
