import { problemsOfValue, type ReadResult } from './read-values.ts';
import { settingFields } from './setting-fields.ts';

const words: Record<string, boolean> = { true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false };
const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** What a variable's text can mean: first the text itself, since a name may look like a number. */
function readings(text: string): unknown[] {
  const word = words[text.toLowerCase()];
  return [text, ...(number.test(text) ? [Number(text)] : []), ...(word === undefined ? [] : [word])];
}

/**
 * Reads settings from variables of the environment or of a `.env` file. An empty variable counts as not given, as `NAME=` is the usual way to say so.
 * Booleans are true, yes, on, 1 and their opposites. `written` is the variable's name.
 */
export function readVariables(variables: Readonly<Record<string, string | undefined>>): ReadResult {
  const result: ReadResult = { values: [], problems: [] };
  for (const field of settingFields) {
    const text = field.environment === undefined ? undefined : variables[field.environment]?.trim();
    if (field.environment === undefined || text === undefined || text === '') continue;
    const written = [field.environment];
    const attempts = readings(text).map((value) => ({ value, problems: problemsOfValue(field, value, [field.key]) }));
    const valid = attempts.find(({ problems }) => problems.length === 0);
    if (valid === undefined) result.problems.push(...(attempts[0]?.problems ?? []).map((problem) => ({ ...problem, written })));
    else result.values.push({ field, value: valid.value, written });
  }
  return result;
}
