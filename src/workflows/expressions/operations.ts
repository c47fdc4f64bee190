import { shownName } from '../../utils/printable.ts';
import { equalValues } from './equal-values.ts';
import { ExpressionError } from './expression-error.ts';
import { nameOfType, typeOfValue } from './expression-type.ts';
import { LazyNames, nothingYet } from './lazy-names.ts';

interface Spending {
  spend: (amount: number) => void;
  at: number;
}

/** Whether one of the parts (or, for `false`, each of them) holds. As in CEL an error in one does not count where another decides. */
export function either(deciding: boolean, parts: Iterable<() => boolean>): boolean {
  let failed: ExpressionError | undefined;
  for (const part of parts) {
    try {
      if (part() === deciding) return deciding;
    } catch (error) {
      if (!(error instanceof ExpressionError) || error.isFinal) throw error;
      failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
  return !deciding;
}

/** Undefined: it has none of this name. */
export function valueIn(whole: unknown, name: string): unknown {
  if (whole instanceof LazyNames) return whole.get(name);
  if (whole === nothingYet) return null;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole) || !Object.hasOwn(whole, name)) return undefined;
  return (whole as Record<string, unknown>)[name];
}

export function memberOf(whole: unknown, name: string, at: number): unknown {
  const found = valueIn(whole, name);
  if (found !== undefined) return found;
  const isMap = typeof whole === 'object' && whole !== null && !Array.isArray(whole);
  throw new ExpressionError(isMap ? `there is no ${shownName(name)}` : `${nameOfType(typeOfValue(whole))} has no ${shownName(name)}`, {
    at,
  });
}

export function elementOf(whole: unknown, index: unknown, at: number): unknown {
  if (typeof index === 'string') return memberOf(whole, index, at);
  if (!Array.isArray(whole)) throw new ExpressionError(`${nameOfType(typeOfValue(whole))} has no places`, { at });
  const found = typeof index === 'number' ? (whole[index] as unknown) : undefined;
  if (found !== undefined) return found;
  throw new ExpressionError(`the list has ${whole.length} values, and none at this place`, { at });
}

export function keyOf(key: unknown, at: number): string {
  if (typeof key === 'string') return key;
  throw new ExpressionError(`a key expects a text, and this is ${nameOfType(typeOfValue(key))}`, { at });
}

export function numberIn(value: unknown, operator: string, at: number): number {
  if (typeof value === 'number') return value;
  throw new ExpressionError(`${operator} expects a number, and this is ${nameOfType(typeOfValue(value))}`, { at });
}

export function isIn(value: unknown, whole: unknown, { spend, at }: Spending): boolean {
  if (Array.isArray(whole)) return whole.some((item) => equalValues(item, value, spend));
  if (typeof whole === 'object' && whole !== null && typeof value === 'string')
    return whole !== nothingYet && valueIn(whole, value) !== undefined;
  throw unfit('in', [value, whole], at);
}

export function sum(left: unknown, right: unknown, { spend, at }: Spending): unknown {
  if (typeof left === 'number' && typeof right === 'number') return finite(left + right, at);
  if (typeof left === 'string' && typeof right === 'string') {
    spend(left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    spend(left.length + right.length);
    return [...(left as unknown[]), ...(right as unknown[])];
  }
  throw unfit('+', [left, right], at);
}

export function calculate(operator: '-' | '*' | '/' | '%', [left, right]: readonly [unknown, unknown], at: number): number {
  if (typeof left !== 'number' || typeof right !== 'number') throw unfit(operator, [left, right], at);
  if (operator === '-') return finite(left - right, at);
  if (operator === '*') return finite(left * right, at);
  if (right === 0) throw new ExpressionError('it divides by zero', { at });
  return finite(operator === '/' ? left / right : left % right, at);
}

export function compare(operator: '<' | '<=' | '>' | '>=', [left, right]: readonly [unknown, unknown], { spend, at }: Spending): boolean {
  const areNumbers = typeof left === 'number' && typeof right === 'number';
  if (!areNumbers && !(typeof left === 'string' && typeof right === 'string')) throw unfit(operator, [left, right], at);
  if (!areNumbers) spend(Math.min(String(left).length, String(right).length));
  const [one, other] = [left, right] as [number, number];
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}

function finite(value: number, at: number): number {
  if (Number.isFinite(value)) return value;
  throw new ExpressionError('the number becomes too large', { at });
}

function unfit(operator: string, [left, right]: readonly [unknown, unknown], at: number): ExpressionError {
  return new ExpressionError(`${operator} cannot be used with ${nameOfType(typeOfValue(left))} and ${nameOfType(typeOfValue(right))}`, {
    at,
  });
}
