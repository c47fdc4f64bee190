import { valueAt } from '../utils/parse-json.ts';
import { shownName } from '../utils/printable.ts';
import type { CheckedStep } from './checked-step.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { checkExpression } from './expressions/check-expression.ts';
import { ExpressionError } from './expressions/expression-error.ts';
import { type ExpressionNames, type ExpressionType, typeOfValue } from './expressions/expression-type.ts';
import { ShellReader, whyUnsafe } from './expressions/shell-place.ts';
import { type TemplatePart, templateParts } from './expressions/text-template.ts';
import { namedStepProblems } from './named-steps.ts';
import { placeName } from './shape-problems.ts';
import type { StepKindDeclaration } from './step-kind-declaration.ts';
import { inputsOf, workflowInputs } from './workflow-inputs.ts';
import { type AgentStep, isAgentStep, optionsOfStep, type WorkflowStep } from './workflow-schema.ts';

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

/** Nobody mends more than this by reading, and each unknown name is compared with all that are known. */
const mostTold = 50;

/** What is wrong with the expressions of a definition, and with the steps that its steps name: unknown names, wrong types, and what is no expression at all. */
export function expressionProblems(definition: unknown, steps: readonly CheckedStep[]): DefinitionProblem[] {
  const named: Record<string, ExpressionType> = {};
  const name = (list: readonly CheckedStep[]) => {
    for (const { step, lists } of list) {
      named[step.id] = { names: { ...ofStep, outputs: outputsOf(step) } };
      for (const { steps: within } of lists) name(within);
    }
  };
  name(steps);
  const names: ExpressionNames = {
    inputs: inputNames(definition),
    vars: 'map',
    run: { names: { id: 'text', workflow: 'text' } },
    steps: { names: named },
  };
  const vars = checkVars(valueAt(definition, ['vars']), names);
  const all = { ...names, vars: { names: vars.names } };
  const problems = [...vars.problems, ...outputProblems(valueAt(definition, ['outputs']), all)];
  for (const step of steps) {
    if (problems.length >= mostTold) break;
    problems.push(...problemsOfStep(step, all, steps));
  }
  return problems;
}

/** What the workflow itself puts out. */
function outputProblems(outputs: unknown, names: ExpressionNames): DefinitionProblem[] {
  if (typeof outputs !== 'object' || outputs === null || Array.isArray(outputs)) return [];
  return Object.entries(outputs).flatMap(([name, text]) =>
    typeof text === 'string' ? problemsIn(text, ['outputs', name], { names }) : [],
  );
}

/** What an agent's step calls an output is all that there is; other kinds have some of their own. */
function outputsOf({ kind, outputs = {} }: WorkflowStep): ExpressionType {
  return kind === 'agent' ? { names: Object.fromEntries(Object.keys(outputs).map((name) => [name, 'any' as const])) } : 'map';
}

/** A workflow that does not say which inputs it has can be given any by the step of another one. */
function inputNames(definition: unknown): ExpressionType {
  const inputs = workflowInputs.safeParse(valueAt(definition, ['inputs'])).data;
  if (inputs === undefined && valueAt(definition, ['version']) === undefined) return 'map';
  const types = { text: 'text', number: 'number', boolean: 'boolean', list: { list: 'any' } } as const;
  const named = [...inputsOf({ inputs })].map(([name, { type }]) => [name, types[type]] as const);
  return { names: { requirement: 'text', ...Object.fromEntries(named) } };
}

/** Each may use the inputs and those before it. */
function checkVars(written: unknown, { inputs, run }: ExpressionNames): { names: ExpressionNames; problems: DefinitionProblem[] } {
  const names: Record<string, ExpressionType> = {};
  const problems: DefinitionProblem[] = [];
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return { names, problems };
  for (const [name, value] of Object.entries(written)) {
    const parts = typeof value === 'string' ? (templateParts(value) ?? []) : [];
    const known = { inputs: inputs ?? 'any', run: run ?? 'any', vars: { names: { ...names } } };
    for (const part of parts)
      if (part.type === 'expression') problems.push(...problemsIn(part.text, ['vars', name], { names: known, offset: part.at }));
    names[name] = parts.length > 0 ? 'any' : typeOfValue(value);
  }
  return { names, problems };
}

function problemsIn(
  text: string,
  path: readonly PropertyKey[],
  { names, type = 'any', offset = 0 }: { names: ExpressionNames; type?: ExpressionType; offset?: number },
): DefinitionProblem[] {
  try {
    checkExpression(text, names, type);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ path: [...path], at: 'value', message: `${placeName(path)}${shownName(error.message)}`, offset: offset + error.at }];
  }
}

/** @param siblings The list that it stands in. */
function problemsOfStep(checked: CheckedStep, names: ExpressionNames, siblings: readonly CheckedStep[]): DefinitionProblem[] {
  const { step, path, lists, expressions, declaration } = checked;
  const problems: DefinitionProblem[] = [];
  const check = (text: string, at: readonly PropertyKey[], type: ExpressionType, own?: ExpressionNames) =>
    problems.push(...problemsIn(text, [...path, ...at], { names: { ...names, ...own }, type }));
  if (step.when !== undefined) check(step.when, ['when'], 'boolean');
  for (const { path: at, text, type, names: own } of expressions) check(text, at, type, own);
  for (const [name, text] of Object.entries(step.outputs ?? {})) check(text, ['outputs', name], 'any');
  problems.push(...namedStepProblems(checked, names, siblings));
  const apart = new Set([...expressions, ...lists].map(({ path: at }) => at.join('.')));
  const walk = (value: unknown, at: readonly PropertyKey[]) => {
    if (apart.has(at.join('.'))) return;
    if (typeof value === 'string') {
      const parts = templateParts(value) ?? [];
      const place = [...path, ...at];
      for (const part of parts) {
        if (part.type === 'expression') problems.push(...problemsIn(part.text, place, { names, offset: part.at }));
      }
      if (isForShell(declaration, at)) problems.push(...unsafeValues(parts, place));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) walk(item, [...at, Array.isArray(value) ? Number(key) : key]);
    }
  };
  const { description } = step;
  if (isAgentStep(step)) {
    walk({ description, instructions: step.instructions }, []);
    problems.push(...neverFilled(step, path));
  } else if (declaration.filledAs !== 'nothing') walk({ description, ...optionsOfStep(step) }, []);
  return [
    ...problems,
    ...lists.flatMap(({ steps, names: own }) => steps.flatMap((inner) => problemsOfStep(inner, { ...names, ...own }, steps))),
  ];
}

/** What of an agent's step is taken as it is written: the model is chosen before anything runs, and the command checks whatever the step wrote. */
function neverFilled(step: AgentStep, path: readonly PropertyKey[]): DefinitionProblem[] {
  return (['model', 'verify'] as const).flatMap((key) => {
    const part = templateParts(step[key] ?? '')?.find(({ type }) => type === 'expression');
    if (part?.type !== 'expression') return [];
    const place = [...path, key];
    const message = `${placeName(place)}{{ … }} is not filled here; write the value itself`;
    return { path: place, at: 'value', message, offset: part.at };
  });
}

function isForShell({ filledAs }: StepKindDeclaration, [option]: readonly PropertyKey[]): boolean {
  return typeof filledAs === 'object' && filledAs[String(option)] === 'shell';
}

function unsafeValues(parts: readonly TemplatePart[], path: readonly PropertyKey[]): DefinitionProblem[] {
  const shell = new ShellReader();
  return parts.flatMap((part) => {
    if (part.type === 'expression')
      return shell.takeValue() === 'unsafe'
        ? { path: [...path], at: 'value', message: `${placeName(path)}${whyUnsafe}`, offset: part.at }
        : [];
    shell.read(part.text);
    return [];
  });
}
