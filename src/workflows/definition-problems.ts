import { invalidWorkflow, InvalidWorkflowError } from './invalid-workflow.ts';
import { type WorkflowDefinition, type WorkflowStep, stepSchema, workflowSchema } from './workflow-schema.ts';
import { agentStepsOnly, inWords, type StepKindDeclarations } from './step-kind-declaration.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { expressionProblems } from './expression-problems.ts';
import { extendDefinition, extendedName } from './extend-definition.ts';
import { placeTooDeep, tooDeep } from './too-deep.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { graphProblems } from './graph-problems.ts';
import { type CheckedStep, withInnerSteps } from './checked-step.ts';
import { describeValue, placeName, shapeProblems } from './shape-problems.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { shownName } from '../utils/printable.ts';

export type CheckedDefinition = { valid: true; definition: WorkflowDefinition } | { valid: false; problems: DefinitionProblem[] };

/** Checks the shape, the graph and the expressions of a value that claims to be a workflow. Finds all problems at once, even if parts are unusable. */
export function checkDefinition(
  value: unknown,
  kinds: StepKindDeclarations = agentStepsOnly,
  baseOf?: (name: string) => WorkflowDefinition,
): CheckedDefinition {
  const deep = placeTooDeep(value);
  if (deep !== undefined) {
    // The whole place would be as long as it is deep.
    return { valid: false, problems: [{ path: deep, at: 'value', message: `${placeName(deep.slice(0, 3))}${tooDeep}` }] };
  }
  const extended = extendedName(value);
  return extended === undefined || baseOf === undefined || !isRecord(value)
    ? checkWhole(value, kinds)
    : checkExtension(value, { kinds, base: () => baseOf(extended) });
}

/** The workflow that it extends is sound; what is wrong comes from the changes, or from what they leave of it. */
function checkExtension(
  value: Record<string, unknown>,
  { kinds, base }: { kinds: StepKindDeclarations; base: () => WorkflowDefinition },
): CheckedDefinition {
  try {
    const extended = extendDefinition(value, base());
    if (extended.problems.length > 0) return { valid: false, problems: extended.problems };
    const checked = checkWhole(extended.value, kinds);
    return checked.valid ? checked : { valid: false, problems: checked.problems.map(extended.locate) };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    return { valid: false, problems: [{ path: ['extends'], at: 'value', message: `extends: ${whyNotExtended(error)}` }] };
  }
}

/** A circle is told as it is, and not once for each workflow in it. */
function whyNotExtended(error: MultiagentError): string {
  if (!(error instanceof InvalidWorkflowError)) return `${error.message} ${error.hint ?? ''}`.trimEnd();
  const [first] = error.problems.map(({ message }) => message.replace(/^extends: /, ''));
  return first?.includes(' in a circle: ') === true ? first : `it extends a workflow that is broken: ${first ?? ''}`;
}

function checkWhole(value: unknown, kinds: StepKindDeclarations): CheckedDefinition {
  const parsed = workflowSchema.safeParse(value);
  const problems = (parsed.error?.issues ?? []).flatMap((issue) => shapeProblems(issue, value, workflowSchema));
  const checked = checkSteps(stepsOf(value), ['steps'], kinds);
  problems.push(...checked.problems, ...sameIds(checked.steps), ...expressionProblems(value, checked.steps));
  const steps = checked.steps.map(withInnerSteps);
  if (!parsed.success || problems.length > 0) return { valid: false, problems };
  const { name, title = inWords(name), description = title } = parsed.data;
  return { valid: true, definition: { ...parsed.data, title, description, steps } };
}

function stepsOf(value: unknown): unknown[] {
  return isRecord(value) && Array.isArray(value['steps']) ? (value['steps'] as unknown[]) : [];
}

/** Checks the steps of one list, each with those within it, and the graph that they form. Those that cannot be read are left out of the result. */
function checkSteps(
  list: readonly unknown[],
  path: readonly PropertyKey[],
  kinds: StepKindDeclarations,
): { problems: DefinitionProblem[]; steps: CheckedStep[] } {
  const problems: DefinitionProblem[] = [];
  const steps = list.flatMap((step, index) => {
    const checked = checkStep(step, [...path, index], kinds);
    problems.push(...checked.problems);
    return checked.step ?? [];
  });
  for (const { node, dependency, message } of graphProblems(readableNodes(list))) {
    const place = [...path, node];
    const at = dependency === undefined ? ['id'] : ['depends_on', dependency];
    problems.push({ path: [...place, ...at], at: 'value', message: `${placeName(place)}${message}` });
  }
  return { problems, steps };
}

/** Checks a step by the options of its kind. Nothing more can be said of an unknown kind. */
function checkStep(
  step: unknown,
  path: readonly PropertyKey[],
  kinds: StepKindDeclarations,
): { problems: DefinitionProblem[]; step?: CheckedStep | undefined } {
  const kind = isRecord(step) ? (step['kind'] ?? 'agent') : 'agent';
  const declaration = typeof kind === 'string' ? kinds.get(kind) : undefined;
  if (declaration === undefined) {
    const names = [...kinds.keys()];
    const nearest = typeof kind === 'string' ? nearestName(kind, names) : undefined;
    const help = nearest === undefined ? `use one of ${names.join(', ')}` : `did you mean ${nearest}?`;
    const message = `${placeName([...path, 'kind'])}unknown value ${describeValue(kind)}; ${help}`;
    return { problems: [{ path: [...path, 'kind'], at: 'value', message }] };
  }
  const { options } = declaration;
  const schema = stepSchema(options);
  const parsed = schema.safeParse(step);
  // The kind's rules for several options together.
  const together = parsed.success ? options.safeParse(parsed.data) : parsed;
  const issues = together.error?.issues ?? [];
  if (issues.length === 0) {
    const given = parsed.data as Omit<WorkflowStep, 'description'> & { description?: string };
    const text = given.description ?? declaration.describe?.(given);
    if (text === undefined)
      return { problems: [{ path: [...path], at: 'value', message: `${placeName([...path, 'description'])}is missing` }] };
    const read = { ...given, description: text } as WorkflowStep;
    const lists = (declaration.inner?.(read) ?? []).map(({ steps, ...list }) => ({
      ...list,
      ...checkSteps(steps, [...path, ...list.path], kinds),
    }));
    const expressions = declaration.expressions?.(read) ?? [];
    return { problems: lists.flatMap(({ problems }) => problems), step: { step: read, path, lists, expressions, declaration } };
  }
  return { problems: issues.flatMap((issue) => shapeProblems(issue, step, schema, path)) };
}

/** Ids of steps in different lists: what an expression calls by its id is to be one step. Within one list the graph tells. */
function sameIds(steps: readonly CheckedStep[]): DefinitionProblem[] {
  const lists = new Map<string, string>();
  const problems: DefinitionProblem[] = [];
  const walk = (list: readonly CheckedStep[], key: string) => {
    for (const { step, path, lists: inner } of list) {
      const first = lists.get(step.id) ?? key;
      if (first !== key)
        problems.push({
          path: [...path, 'id'],
          at: 'value',
          message: `${placeName(path)}the id ${step.id} is used twice in this workflow`,
        });
      lists.set(step.id, first);
      for (const [index, { steps: within }] of inner.entries()) walk(within, `${placeName(path)}${index}`);
    }
  };
  walk(steps, '');
  return problems;
}

/** The readable part of a graph whose definition may have the wrong shape. Positions stay those of the definition. */
function readableNodes(steps: readonly unknown[]): { id: string; depends_on: string[] }[] {
  return steps.map((step, index) => {
    const { id, depends_on } = isRecord(step) ? step : {};
    return {
      // No id can look like this one, so a step without a readable id is neither a duplicate nor a dependency of another.
      id: typeof id === 'string' ? shownName(id) : `(step ${index + 1})`,
      depends_on: Array.isArray(depends_on) ? depends_on.map((name) => shownName(String(name))) : [],
    };
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A definition from plain data, such as a journal's. @throws MultiagentError `workflow.invalid` with every problem. */
export function parseDefinition(data: Record<string, unknown>, kinds?: StepKindDeclarations): WorkflowDefinition {
  const checked = checkDefinition(data, kinds);
  if (!checked.valid) throw invalidWorkflow(typeof data['name'] === 'string' ? data['name'] : 'of this run', checked.problems);
  return checked.definition;
}
