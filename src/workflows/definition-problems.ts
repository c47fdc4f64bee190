import { invalidWorkflow } from './invalid-workflow.ts';
import {
  type StepOptionSchemas,
  type WorkflowDefinition,
  agentStepsOnly,
  stepSchema,
  workflowSchema,
  type WorkflowStep,
} from './workflow-schema.ts';
import type { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { graphProblems } from './graph-problems.ts';
import { shownName } from '../utils/printable.ts';
import { valueAt } from '../utils/parse-json.ts';

/** Something wrong with a definition. `path` leads to the value, or to the key where `at` says so. */
export interface DefinitionProblem {
  path: PropertyKey[];
  at: 'key' | 'value';
  message: string;
}

export type CheckedDefinition = { valid: true; definition: WorkflowDefinition } | { valid: false; problems: DefinitionProblem[] };

/** Checks the shape and the graph of a value that claims to be a workflow. Finds all problems at once, even if parts are unusable. */
export function checkDefinition(value: unknown, kinds: StepOptionSchemas = agentStepsOnly): CheckedDefinition {
  const parsed = workflowSchema.safeParse(value);
  const problems = (parsed.error?.issues ?? []).flatMap((issue) => shapeProblems(issue, value, Object.keys(workflowSchema.shape)));
  const steps = stepsOf(value).flatMap((step, index) => {
    const checked = checkStep(step, ['steps', index], kinds);
    problems.push(...checked.problems);
    return checked.step ?? [];
  });
  for (const { node, dependency, message } of graphProblems(readableNodes(value))) {
    const path = ['steps', node, ...(dependency === undefined ? ['id'] : ['depends_on', dependency])];
    problems.push({ path, at: 'value', message: `steps[${node}]: ${message}` });
  }
  return parsed.success && problems.length === 0 ? { valid: true, definition: { ...parsed.data, steps } } : { valid: false, problems };
}

function stepsOf(value: unknown): unknown[] {
  return isRecord(value) && Array.isArray(value['steps']) ? (value['steps'] as unknown[]) : [];
}

/** Checks a step by the options of its kind. Nothing more can be said of an unknown kind. */
function checkStep(
  step: unknown,
  path: PropertyKey[],
  kinds: StepOptionSchemas,
): { problems: DefinitionProblem[]; step?: WorkflowStep | undefined } {
  const kind = isRecord(step) ? (step['kind'] ?? 'agent') : 'agent';
  const options = typeof kind === 'string' ? kinds.get(kind) : undefined;
  if (options === undefined) {
    const names = [...kinds.keys()];
    const nearest = typeof kind === 'string' ? nearestName(kind, names) : undefined;
    const help = nearest === undefined ? `use one of ${names.join(', ')}` : `did you mean ${nearest}?`;
    return {
      problems: [
        { path: [...path, 'kind'], at: 'value', message: `${placeName([...path, 'kind'])}unknown value ${describe(kind)}; ${help}` },
      ],
    };
  }
  const schema = stepSchema(options);
  const parsed = schema.safeParse(step);
  // The kind's rules for several options together.
  const together = parsed.success ? options.safeParse(parsed.data) : parsed;
  const issues = together.error?.issues ?? [];
  if (issues.length === 0) return { problems: [], step: parsed.data as WorkflowStep };
  const known = Object.keys(schema.shape);
  return {
    problems: issues.flatMap((issue) =>
      shapeProblems({ ...issue, path: [...path, ...issue.path] }, undefined, known, valueAt(step, issue.path)),
    ),
  };
}

/** The readable part of a graph whose definition may have the wrong shape. Positions stay those of the definition. */
function readableNodes(value: unknown): { id: string; depends_on: string[] }[] {
  return stepsOf(value).map((step, index) => {
    const { id, depends_on } = isRecord(step) ? step : {};
    return {
      // No id can look like this one, so a step without a readable id is neither a duplicate nor a dependency of another.
      id: typeof id === 'string' ? shownName(id) : `(step ${index + 1})`,
      depends_on: Array.isArray(depends_on) ? depends_on.map((name) => shownName(String(name))) : [],
    };
  });
}

function shapeProblems(
  issue: z.core.$ZodIssue,
  value: unknown,
  known: readonly string[],
  found: unknown = valueAt(value, issue.path),
): DefinitionProblem[] {
  const place = placeName(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      return issue.keys.map((key) => {
        const nearest = nearestName(key, known);
        const help = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean ${nearest}?`;
        return { path: [...issue.path, key], at: 'key', message: `${place}unknown key ${shownName(key)}; ${help}` };
      });
    }
    case 'invalid_type':
      return [
        {
          path: issue.path,
          at: 'value',
          message: `${place}${found === undefined ? 'is missing' : `expected ${typeName(issue.expected)}, found ${describe(found)}`}`,
        },
      ];
    case 'invalid_value': {
      if (found === undefined)
        return [{ path: issue.path, at: 'value', message: `${place}is missing; use one of ${issue.values.join(', ')}` }];
      const nearest = typeof found === 'string' ? nearestName(found, issue.values.map(String)) : undefined;
      const help = nearest === undefined ? `use one of ${issue.values.join(', ')}` : `did you mean ${nearest}?`;
      return [{ path: issue.path, at: 'value', message: `${place}unknown value ${describe(found)}; ${help}` }];
    }
    case 'invalid_union': {
      // Of several forms the one that is closest to what is there.
      const isOther = ({ code, path }: z.core.$ZodIssue) =>
        path.length === 0 && (code === 'invalid_type' || (isRecord(found) && code === 'invalid_value'));
      const meant = issue.errors.find((issues) => !issues.some(isOther)) ?? issue.errors[0] ?? [];
      return meant.flatMap((one) =>
        shapeProblems({ ...one, path: [...issue.path, ...one.path] }, undefined, ['json'], valueAt(found, one.path)),
      );
    }
    case 'too_small':
      return [
        { path: issue.path, at: 'value', message: issue.origin === 'array' ? `${place}there is no step` : `${place}${issue.message}` },
      ];
    case 'too_big':
      return [{ path: issue.path, at: 'value', message: `${place}longer than ${issue.maximum} characters` }];
    default:
      return [{ path: issue.path, at: 'value', message: `${place}${issue.message}, found ${describe(found)}` }];
  }
}

/** `steps[2].role: `, or nothing for the definition itself. */
function placeName(path: PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? '' : `${name.replace(/^\./, '')}: `;
}

const typeNames: Record<string, string> = { object: 'keys with values', array: 'a list', string: 'a text', number: 'a number' };

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

function describe(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  return shownName(JSON.stringify(value) ?? typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A definition from plain data, such as a journal's. @throws MultiagentError `workflow.invalid` with every problem. */
export function parseDefinition(data: Record<string, unknown>, kinds?: StepOptionSchemas): WorkflowDefinition {
  const checked = checkDefinition(data, kinds);
  if (!checked.valid) throw invalidWorkflow(typeof data['name'] === 'string' ? data['name'] : 'of this run', checked.problems);
  return checked.definition;
}
