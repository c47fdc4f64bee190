import type { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { valueAt } from '../utils/parse-json.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';

/** What the schema found wrong, in words. `known`: the keys that may stand there. */
export function shapeProblems(
  issue: z.core.$ZodIssue,
  value: unknown,
  known: readonly string[],
  found: unknown = valueAt(value, issue.path),
): DefinitionProblem[] {
  const place = placeName(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      return issue.keys.map((key) => {
        const names = knownAt(issue.path, known);
        const nearest = nearestName(key, names);
        const help = nearest !== undefined ? `; did you mean ${nearest}?` : names.length === 0 ? '' : `; known are ${names.join(', ')}`;
        return { path: [...issue.path, key], at: 'key', message: `${place}unknown key ${shownName(key)}${help}` };
      });
    }
    case 'invalid_type':
      return [
        {
          path: issue.path,
          at: 'value',
          message: `${place}${found === undefined ? 'is missing' : `expected ${typeName(issue.expected)}, found ${describeValue(found)}`}`,
        },
      ];
    case 'invalid_value': {
      if (found === undefined)
        return [{ path: issue.path, at: 'value', message: `${place}is missing; use one of ${issue.values.join(', ')}` }];
      const nearest = typeof found === 'string' ? nearestName(found, issue.values.map(String)) : undefined;
      const help = nearest === undefined ? `use one of ${issue.values.join(', ')}` : `did you mean ${nearest}?`;
      return [{ path: issue.path, at: 'value', message: `${place}unknown value ${describeValue(found)}; ${help}` }];
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
    case 'invalid_key': {
      const [why] = issue.issues;
      return [{ path: issue.path, at: 'key', message: `${place}${why?.message ?? 'this name cannot be used'}` }];
    }
    case 'too_small': {
      const empty = issue.path.at(-1) === 'steps' ? 'there is no step' : 'the list is empty';
      return [{ path: issue.path, at: 'value', message: `${place}${issue.origin === 'array' ? empty : issue.message}` }];
    }
    case 'too_big':
      return [{ path: issue.path, at: 'value', message: `${place}longer than ${issue.maximum} characters` }];
    default:
      return [{ path: issue.path, at: 'value', message: `${place}${issue.message}, found ${describeValue(found)}` }];
  }
}

/** What may stand there: what the caller knows is that of a definition or a step, and not of what is further inside. */
function knownAt(path: readonly PropertyKey[], known: readonly string[]): readonly string[] {
  const inside = path.slice(path.findLastIndex((part) => typeof part === 'number') + 1);
  if (path[0] === 'inputs' && path.length === 2) return ['type', 'default', 'description'];
  return inside.length === 0 || inside.at(-1) === 'expects' ? known : [];
}

/** `steps[2].role: `, or nothing for the definition itself. */
export function placeName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? '' : `${name.replace(/^\./, '')}: `;
}

const typeNames: Record<string, string> = { object: 'keys with values', array: 'a list', string: 'a text', number: 'a number' };

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

/** A value as it is quoted in a message. */
export function describeValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  return shownName(JSON.stringify(value) ?? typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
