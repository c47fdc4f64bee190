import { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { roleFields, type RoleDeclaration, roleSettingsSchema, snakeCase } from './role-settings.ts';
import { modelName, shortForm } from './named-model.ts';
import type { SettingField } from './setting-field.ts';
import { modelField, providerField, settingFields } from './setting-fields.ts';
import { showName, showValue } from './show-value.ts';

/** The place of a value as it was written: names, and positions in lists. */
export type WrittenPath = readonly (string | number)[];

/** A valid value for one setting. */
export interface ReadValue {
  field: SettingField;
  value: unknown;
  written: WrittenPath;
}

export interface ReadProblem {
  written: WrittenPath;
  /** Begins with the setting's name and ends without a full stop. */
  text: string;
}

export interface ReadResult {
  values: ReadValue[];
  problems: ReadProblem[];
}

const fieldByKey = new Map(settingFields.map((field) => [field.key, field]));

/** A path as people write it: `model_profiles[0].top_p`. */
function showPath(path: WrittenPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${showName(step)}`)).join('');
}

function unknownName(written: WrittenPath, candidates: readonly string[], told = 'is not a setting'): ReadProblem {
  const near = nearestName(String(written.at(-1)), candidates);
  const place = showPath([...written.slice(0, -1), near ?? '']);
  return { written, text: `${showPath(written)} ${told}${near === undefined ? '' : `; did you mean ${place}?`}` };
}

/** The names that a mapping in a setting's value may have. */
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

/** If a value may have several shapes, the issues of the shape that it has most of; if it has none of them, that issue. */
function issuesInside(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [shape] = issue.errors
    .filter((issues) => issues.length > 0 && issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'))
    .toSorted((a, b) => placesIn(a) - placesIn(b));
  return shape?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(issuesInside) ?? [issue];
}

function placesIn(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** What a value has to be like. `told`: what to say about an unknown name in it. */
type Checked = Pick<SettingField, 'schema' | 'secret'> & { told?: string };

/** Checks a value: one problem for each wrong place in it, none if it is valid. */
export function problemsOfValue(field: Checked, value: unknown, written: WrittenPath): ReadProblem[] {
  const problems = new Map<string, ReadProblem>();
  const add = (problem: ReadProblem) => {
    const place = showPath(problem.written);
    if (!problems.has(place)) problems.set(place, problem);
  };
  for (const issue of (field.schema.safeParse(value).error?.issues ?? []).flatMap(issuesInside)) {
    const inside = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const path = [...written, ...inside];
    if (issue.code === 'unrecognized_keys') {
      for (const name of issue.keys) add(unknownName([...path, name], namesInside(field.schema, inside), field.told));
      continue;
    }
    const found = inside.reduce<unknown>((node, step) => (node as Record<string | number, unknown>)[step], value);
    const shown = field.secret ? `a ${typeof found}` : showValue(found);
    add({ written: path, text: `${showPath(path)} is ${found === undefined ? 'missing' : shown}; expected ${issue.message}` });
  }
  return [...problems.values()];
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const noGroup = (value: unknown, written: WrittenPath): ReadProblem => ({
  written,
  text: `${written.length === 0 ? 'the file' : showPath(written)} is ${showValue(value)}; expected settings with names (name: value)`,
});

/**
 * Reads settings from plain data: a parsed file, or what a caller gives. A name without a value (`null`, undefined) counts as not given. A role's `config`
 * settings may also be given directly under the role. `$schema`, which tells editors the schema of a JSON file, is skipped.
 * @param roles Absent: the roles are not known yet, and their settings are not checked.
 */
export function readValues(data: unknown, roles?: readonly RoleDeclaration[]): ReadResult {
  const result: ReadResult = { values: [], problems: [] };
  if (data === null || data === undefined) return result;
  if (!isGroup(data)) return { values: [], problems: [noGroup(data, [])] };
  for (const [name, value] of Object.entries(data)) {
    if (name === '$schema' || value === null || value === undefined) continue;
    const field = fieldByKey.get(name);
    if (name === 'agents') readRoles(result, value, roles);
    else if (name === 'models') readNamed(result, value, { group: 'models', field: modelField });
    else if (name === 'providers') readNamed(result, value, { group: 'providers', field: providerField });
    else if (field !== undefined) readSetting(result, field, value, [name]);
    else result.problems.push(unknownName([name], [...fieldByKey.keys(), 'models', 'providers', 'agents']));
  }
  return result;
}

function readSetting(result: ReadResult, field: SettingField, value: unknown, written: WrittenPath): void {
  const problems = problemsOfValue(field, value, written);
  result.problems.push(...problems);
  if (problems.length === 0) result.values.push({ field, value, written });
}

interface NamedGroup {
  group: 'models' | 'providers';
  field: (name: string) => SettingField;
}

/** Settings that the person names: each entry is one setting. */
function readNamed(result: ReadResult, entries: unknown, { group, field }: NamedGroup): void {
  if (!isGroup(entries)) {
    result.problems.push(noGroup(entries, [group]));
    return;
  }
  for (const [name, value] of Object.entries(entries)) {
    const written = [group, name];
    if (name === shortForm || !modelName.test(name)) {
      const why = name === shortForm ? 'the llm_ settings describe that one' : 'expected a name of lower-case letters, digits, - and _';
      result.problems.push({ written, text: `${showPath(written)} is not a valid name for a ${group.slice(0, -1)}; ${why}` });
    } else if (value !== null && value !== undefined) readSetting(result, field(name), value, written);
  }
}

function readRoles(result: ReadResult, group: unknown, roles: readonly RoleDeclaration[] | undefined): void {
  if (!isGroup(group)) {
    result.problems.push(noGroup(group, ['agents']));
    return;
  }
  for (const [name, value] of Object.entries(group)) {
    const role = roles === undefined ? undeclared(name) : roles.find((candidate) => candidate.name === name);
    if (role === undefined)
      result.problems.push(
        unknownName(
          ['agents', name],
          (roles ?? []).map((candidate) => candidate.name),
        ),
      );
    else if (value !== null && value !== undefined) readRole(result, value, role, roles === undefined);
  }
}

/** A role of which only the name is known. */
function undeclared(name: string): RoleDeclaration | undefined {
  return snakeCase.test(name) ? { name, title: name, settings: {}, isBuiltIn: false } : undefined;
}

function readRole(result: ReadResult, group: unknown, role: RoleDeclaration, takesAny: boolean): void {
  const above = ['agents', role.name];
  if (!isGroup(group)) {
    result.problems.push(noGroup(group, above));
    return;
  }
  const fields = new Map(roleFields(role).map((field) => [field.path.slice(2).join('.'), field]));
  const firstPlace = new Map<SettingField, WrittenPath>();
  const read = (name: string, value: unknown, written: WrittenPath, inConfig: boolean) => {
    if (value === null || value === undefined) return;
    const field =
      (inConfig ? undefined : fields.get(name)) ?? fields.get(`config.${name}`) ?? (takesAny ? anySetting(role.name, name) : undefined);
    if (field === undefined) {
      const known = [...fields.keys()].map((key) => key.replace('config.', ''));
      result.problems.push(unknownName(written, inConfig ? known : [...known, 'config']));
      return;
    }
    const first = firstPlace.get(field);
    firstPlace.set(field, written);
    if (first === undefined) readSetting(result, field, value, written);
    else result.problems.push({ written, text: `${showPath(written)} is given twice; ${showPath(first)} is the same setting` });
  };
  for (const [name, value] of Object.entries(group)) {
    if (name !== 'config') read(name, value, [...above, name], false);
    else if (isGroup(value)) for (const [inner, own] of Object.entries(value)) read(inner, own, [...above, name, inner], true);
    else if (value !== null && value !== undefined) result.problems.push(noGroup(value, [...above, name]));
  }
}

function anySetting(role: string, name: string): SettingField | undefined {
  if (!snakeCase.test(name)) return undefined;
  const path = ['agents', role, 'config', name];
  return { key: path.join('.'), path, schema: roleSettingsSchema.shape.config.unwrap().valueType, description: '', secret: false };
}
