import { behindComma, matchAt, readLiteral, skipWhite } from '../../files/formats/read-literal.ts';
import type { GivenArguments } from '../arguments/given-arguments.ts';

/** A call as its line says it. */
export interface CallOfLine {
  name: string;
  given: Extract<GivenArguments, { kind: 'values' }>;
}

/** Spaces, the mark of an item of a list, and backticks or stars around the call. */
const before = /[ \t]{0,100}(?:(?:[-*+]|\d{1,3}[.)])[ \t]{1,20})?(`{1,2}|\*\*)?/y;
const opening = /([A-Za-z_]\w{0,60})[ \t]{0,4}\(/y;
const keyword = /([A-Za-z_]\w{0,60})[ \t]{0,20}=(?!=)/y;
const after = /[ \t]{0,20};?(`{1,2}|\*\*)?[ \t\r]{0,100}/y;
/** No tool has as many. */
const mostArguments = 20;

/** The call that a line consists of. Undefined if it is anything else. */
export function readCallLine(line: string, names: ReadonlySet<string>): CallOfLine | undefined {
  const start = matchAt(before, line, 0)!;
  const call = matchAt(opening, line, start[0].length);
  const name = call?.[1];
  if (call === undefined || name === undefined || !names.has(name)) return undefined;
  const found = readArguments(line, call.index + call[0].length);
  if (found === undefined) return undefined;
  const end = matchAt(after, line, found.end)!;
  const isWhole = found.end + end[0].length === line.length && end[1] === start[1];
  return isWhole ? { name, given: { kind: 'values', positional: found.positional, named: found.named } } : undefined;
}

function readArguments(line: string, from: number): { positional: unknown[]; named: Record<string, unknown>; end: number } | undefined {
  const positional: unknown[] = [];
  const named = new Map<string, unknown>();
  for (let at = skipWhite(line, from); positional.length + named.size <= mostArguments;) {
    if (line[at] === ')') return { positional, named: Object.fromEntries(named), end: at + 1 };
    const key = matchAt(keyword, line, at);
    const value = readLiteral(line, at + (key?.[0].length ?? 0));
    if (value === undefined) return undefined;
    if (key === undefined) positional.push(value.value);
    else named.set(key[1]!, value.value);
    at = behindComma(line, value.end, ')');
    if (at === -1) return undefined;
  }
  return undefined;
}
