import type { z } from 'zod';
import { nearestName } from '../utils/nearest-name.ts';
import { valueAt } from '../utils/parse-json.ts';
import { shownName } from '../utils/printable.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import { keysAt } from './keys-at.ts';

/**
 * What a schema found wrong with a value, in words.
 * @param around Where the value stands in the definition.
 */
export function shapeProblems(
  issue: z.core.$ZodIssue,
  value: unknown,
  schema: z.core.$ZodType,
  around: readonly PropertyKey[] = [],
): DefinitionProblem[] {
  const path = [...around, ...issue.path];
  const found = valueAt(value, issue.path);
  const place = placeName(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      return issue.keys.map((key) => {
        const names = keysAt(schema, issue.path);
        const nearest = nearestName(key, names);
        const help = nearest !== undefined ? `; did you mean ${nearest}?` : names.length === 0 ? '' : `; known are ${names.join(', ')}`;
        return { path: [...path, key], at: 'key', message: `${place}unknown key ${shownName(key)}${help}` };
      });
    }
    case 'invalid_type':
      return [
        {
          path,
          at: 'value',
          message: `${place}${found === undefined ? 'is missing' : `expected ${typeName(issue.expected)}, found ${describeValue(found)}`}`,
        },
      ];
    case 'invalid_value': {
      if (found === undefined) return [{ path, at: 'value', message: `${place}is missing; use one of ${issue.values.join(', ')}` }];
      const nearest = typeof found === 'string' ? nearestName(found, issue.values.map(String)) : undefined;
      const help = nearest === undefined ? `use one of ${issue.values.join(', ')}` : `did you mean ${nearest}?`;
      return [{ path, at: 'value', message: `${place}unknown value ${describeValue(found)}; ${help}` }];
    }
    case 'invalid_union': {
      // Of several forms the one that is closest to what is there.
      const isOther = ({ code, path: within }: z.core.$ZodIssue) =>
        within.length === 0 && (code === 'invalid_type' || (isRecord(found) && code === 'invalid_value'));
      const meant = issue.errors.find((issues) => !issues.some(isOther)) ?? issue.errors[0] ?? [];
      return meant.flatMap((one) => shapeProblems({ ...one, path: [...issue.path, ...one.path] }, value, schema, around));
    }
    case 'invalid_key': {
      const [why] = issue.issues;
      return [{ path, at: 'key', message: `${place}${why?.message ?? 'this name cannot be used'}` }];
    }
    case 'too_small':
      return [{ path, at: 'value', message: `${place}${tooSmall(issue, found)}` }];
    case 'too_big':
      return [{ path, at: 'value', message: `${place}${tooBig(issue, found)}` }];
    default: {
      // Of several keys together is said what is wrong with them.
      const what = issue.code === 'custom' && isRecord(found) ? '' : `, found ${describeValue(found)}`;
      return [{ path, at: 'value', message: `${place}${issue.message}${what}` }];
    }
  }
}

function tooSmall({ origin, minimum, inclusive, message }: z.core.$ZodIssueTooSmall, found: unknown): string {
  // Where a schema has words of its own, they say more.
  if (!message.startsWith('Too small')) return message;
  if (origin === 'array') return 'the list is empty';
  if (origin === 'string') return 'expected a text, found an empty one';
  return `expected ${inclusive === false ? `more than ${minimum}` : `${minimum} or more`}, found ${describeValue(found)}`;
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig, found: unknown): string {
  if (origin === 'string') return `longer than ${maximum} characters`;
  return origin === 'array' ? `the list has more than ${maximum} entries` : `expected ${maximum} or less, found ${describeValue(found)}`;
}

/** `steps[2].role: `, or nothing for the definition itself. */
export function placeName(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return name === '' ? '' : `${name.replace(/^\./, '')}: `;
}

const typeNames: Record<string, string> = {
  object: 'keys with values',
  record: 'keys with values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function typeName(expected: string): string {
  return typeNames[expected] ?? expected;
}

/** A value as it is quoted in a message. */
export function describeValue(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'keys with values';
  if (typeof value === 'number') return String(value);
  return shownName(JSON.stringify(value) ?? typeof value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
