import { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { groupShape, settingFields, type SettingField } from './setting-fields.ts';
import { settingsSchema } from './settings-schema.ts';
import { showName, showValue } from './show-value.ts';

/** Where something stands, as it was written: names, and positions inside lists. */
export type WrittenPath = readonly (string | number)[];

/** A valid value for one setting. */
export interface ReadValue {
  field: SettingField;
  value: unknown;
  written: WrittenPath;
}

export interface ReadProblem {
  written: WrittenPath;
  /** Begins with the setting's name; ends without a full stop. */
  text: string;
}

export interface ReadResult {
  values: ReadValue[];
  problems: ReadProblem[];
}

type Group = NonNullable<ReturnType<typeof groupShape>>;

const fieldByKey = new Map(settingFields.map((field) => [field.key, field]));

/** A path as people write it: `model_profiles[0].top_p`. */
function showPath(path: WrittenPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${showName(step)}`)).join('');
}

function unknownName(written: WrittenPath, candidates: readonly string[]): ReadProblem {
  const near = nearestName(String(written.at(-1)), candidates);
  const place = showPath([...written.slice(0, -1), near ?? '']);
  return { written, text: `${showPath(written)} is not a setting${near === undefined ? '' : `; did you mean ${place}?`}` };
}

/** The names that a mapping inside a setting's value may have. */
function namesInside(schema: z.ZodType, path: WrittenPath): string[] {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap() as z.ZodType;
  const [step, ...rest] = path;
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => namesInside(option as z.ZodType, path));
  if (inner instanceof z.ZodArray) return namesInside(inner.element as z.ZodType, rest);
  if (!(inner instanceof z.ZodObject)) return [];
  const shape = inner.shape as Record<string, z.ZodType>;
  return step === undefined ? Object.keys(shape) : namesInside(shape[step] ?? z.never(), rest);
}

/** Where a value may have several shapes, the shape that it has tells what is wrong inside it; without one, that it has none of them. */
function issuesInside(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const shape = issue.errors.find(
    (issues) => issues.length > 0 && issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return shape?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(issuesInside) ?? [issue];
}

/** What a setting refuses in a value: one problem for each place inside it that is wrong, none for a valid one. */
export function problemsOfValue(field: SettingField, value: unknown, written: WrittenPath): ReadProblem[] {
  const problems = new Map<string, ReadProblem>();
  const add = (problem: ReadProblem) => {
    const place = showPath(problem.written);
    if (!problems.has(place)) problems.set(place, problem);
  };
  for (const issue of (field.schema.safeParse(value).error?.issues ?? []).flatMap(issuesInside)) {
    const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const path = [...written, ...inside];
    if (issue.code === 'unrecognized_keys') {
      for (const name of issue.keys) add(unknownName([...path, name], namesInside(field.schema, inside)));
      continue;
    }
    const found = inside.reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], value);
    const shown = field.secret ? `a ${typeof found}` : showValue(found);
    add({ written: path, text: `${showPath(path)} is ${found === undefined ? 'missing' : shown}; expected ${issue.message}` });
  }
  return [...problems.values()];
}

/**
 * Reads settings from plain data: a parsed file, or what a caller gives. A name without a value (`null`, undefined) counts as not given. What a role
 * keeps in its `config` may also stand directly under the role. `$schema`, with which a JSON file tells editors its schema, is no setting of ours.
 */
export function readValues(data: unknown): ReadResult {
  const result: ReadResult = { values: [], problems: [] };
  const firstPlace = new Map<string, WrittenPath>();

  const readGroup = (group: unknown, shape: Group, path: readonly string[], written: WrittenPath): void => {
    if (group === null || group === undefined) return;
    if (typeof group !== 'object' || Array.isArray(group)) {
      const name = written.length === 0 ? 'the file' : showPath(written);
      result.problems.push({ written, text: `${name} is ${showValue(group)}; expected settings with names (name: value)` });
      return;
    }
    const config = Object.hasOwn(shape, 'config') ? groupShape(shape['config'] ?? z.never()) : undefined;
    for (const [name, value] of Object.entries(group)) {
      const place = [...written, name];
      if (name === '$schema' && written.length === 0) continue;
      if (Object.hasOwn(shape, name)) readMember(value, shape[name], [...path, name], place);
      else if (config !== undefined && Object.hasOwn(config, name)) readMember(value, config[name], [...path, 'config', name], place);
      else result.problems.push(unknownName(place, [...Object.keys(shape), ...Object.keys(config ?? {})]));
    }
  };

  const readMember = (value: unknown, schema: z.ZodType | undefined, path: readonly string[], written: WrittenPath): void => {
    const shape = schema && groupShape(schema);
    const field = fieldByKey.get(path.join('.'));
    if (shape !== undefined) readGroup(value, shape, path, written);
    else if (field !== undefined && value !== null && value !== undefined) readSetting(field, value, written);
  };

  const readSetting = (field: SettingField, value: unknown, written: WrittenPath): void => {
    const first = firstPlace.get(field.key);
    if (first !== undefined) {
      result.problems.push({ written, text: `${showPath(written)} is given twice; ${showPath(first)} is the same setting` });
      return;
    }
    firstPlace.set(field.key, written);
    const problems = problemsOfValue(field, value, written);
    result.problems.push(...problems);
    if (problems.length === 0) result.values.push({ field, value, written });
  };

  readGroup(data, groupShape(settingsSchema) ?? {}, [], []);
  return result;
}
