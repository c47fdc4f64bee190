import { ExpressionError } from './expression-error.ts';
import { LazyNames } from './lazy-names.ts';

/** Nothing that a person compares is deeper; a model's reply may be. */
const deepest = 50;

/** Whether two values are the same: texts by their characters, lists and keys by what is in them. @param spend Told of each value that is looked at. */
export function equalValues(left: unknown, right: unknown, spend: (amount: number) => void, depth = 0): boolean {
  spend(1);
  if (typeof left === 'string' && typeof right === 'string') {
    spend(Math.min(left.length, right.length));
    return left === right;
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  if (left instanceof LazyNames || right instanceof LazyNames)
    throw new ExpressionError('what is compared is no data; name what you need of it');
  if (depth > deepest) throw new ExpressionError('what is compared is nested too deep', { isFinal: true });
  const equal = (one: unknown, other: unknown) => equalValues(one, other, spend, depth + 1);
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => equal(item, right[index]));
  }
  const names = keysOf(left, spend);
  if (names.length !== keysOf(right, spend).length) return false;
  return names.every(
    (name) => Object.hasOwn(right, name) && equal((left as Record<string, unknown>)[name], (right as Record<string, unknown>)[name]),
  );
}

/** The names of what stands in keys with values: the engine lists all of them, so that each is counted. */
export function keysOf(value: object, spend: (amount: number) => void): string[] {
  const names = Object.keys(value);
  spend(names.length);
  return names;
}
