import { keysOf } from './equal-values.ts';
import { ExpressionError } from './expression-error.ts';
import type { ExpressionType } from './expression-type.ts';
import { LazyNames } from './lazy-names.ts';

/** What a function may spend and where it stands, for its errors. */
export interface FunctionCall {
  spend: (amount: number) => void;
  at: number;
}

/** A function of expressions: `takes` says what stands before its dot (`on`) and between its brackets. */
export interface ExpressionFunction {
  on?: ExpressionType;
  takes: readonly ExpressionType[];
  /** Of these the last ones may be left out. */
  optional?: number;
  gives: ExpressionType;
  /** The value before the dot comes first, where there is one. They have the types above. */
  run: (values: readonly unknown[], call: FunctionCall) => unknown;
}

const sized = (values: readonly unknown[], { spend, at }: FunctionCall): number => {
  const [value] = values;
  if (typeof value === 'string') {
    spend(value.length);
    return Array.from(value).length;
  }
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null && !(value instanceof LazyNames)) return keysOf(value, spend).length;
  throw new ExpressionError('size expects a text, a list, or keys with values', { at });
};

const onText = (run: (text: string) => string): ExpressionFunction => ({
  on: 'text',
  takes: [],
  gives: 'text',
  run: ([text], { spend }) => {
    spend((text as string).length);
    return run(text as string);
  },
});

const compareTexts = (run: (text: string, part: string) => boolean): ExpressionFunction => ({
  on: 'text',
  takes: ['text'],
  gives: 'boolean',
  run: ([text, part], { spend }) => {
    spend((text as string).length + (part as string).length);
    return run(text as string, part as string);
  },
});

/** All functions, each with its forms. What is not here cannot be called: nothing reads a clock, and nothing takes more than linear time. */
export const expressionFunctions: ReadonlyMap<string, readonly ExpressionFunction[]> = new Map<string, ExpressionFunction[]>([
  [
    'size',
    [
      { takes: ['any'], gives: 'number', run: sized },
      { on: 'any', takes: [], gives: 'number', run: sized },
    ],
  ],
  ['contains', [compareTexts(contains)]],
  ['startsWith', [compareTexts((text, part) => text.startsWith(part))]],
  ['endsWith', [compareTexts((text, part) => text.endsWith(part))]],
  // Only the letters from A to Z, so that the result is the same everywhere.
  ['lowerAscii', [onText((text) => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()))]],
  ['upperAscii', [onText((text) => text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase()))]],
  ['trim', [onText((text) => text.trim())]],
  [
    'split',
    [
      {
        on: 'text',
        takes: ['text'],
        gives: { list: 'text' },
        run: ([text, separator], { spend, at }) => {
          if ((separator as string).length > longestPart) throw new ExpressionError('split expects a short separator', { at });
          spend((text as string).length);
          return (text as string).split(separator as string);
        },
      },
    ],
  ],
  [
    'join',
    [
      {
        on: { list: 'text' },
        takes: ['text'],
        optional: 1,
        gives: 'text',
        run: ([list, separator = ''], { spend, at }) => {
          for (const part of list as unknown[]) {
            if (typeof part !== 'string') throw new ExpressionError('join expects a list of texts', { at });
            spend(1 + part.length + (separator as string).length);
          }
          return (list as string[]).join(separator as string);
        },
      },
    ],
  ],
  [
    'string',
    [
      {
        takes: ['any'],
        gives: 'text',
        run: ([value], { at }) => {
          if (typeof value === 'string') return value;
          if (typeof value === 'number' || typeof value === 'boolean') return String(value);
          throw new ExpressionError('string expects a text, a number, or true or false', { at });
        },
      },
    ],
  ],
  ['double', [{ takes: ['any'], gives: 'number', run: ([value], { at }) => numberFrom(value, at) }]],
  ['int', [{ takes: ['any'], gives: 'number', run: ([value], { at }) => Math.trunc(numberFrom(value, at)) }]],
]);

function numberFrom(value: unknown, at: number): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  const read = text.length > 40 || text === '' ? NaN : Number(text);
  if (Number.isFinite(read)) return read;
  throw new ExpressionError('expected a number, or a text that is one', { at });
}

/** What the engine searches in no more than so many steps for each character of the text. */
const longestPart = 32;

/** The engine takes longer for a long part that nearly stands in the text many times; this never does (Knuth, Morris and Pratt). */
function contains(text: string, part: string): boolean {
  if (part.length <= longestPart) return text.includes(part);
  const fallback = new Uint32Array(part.length);
  for (let at = 1, matched = 0; at < part.length; at += 1) {
    while (matched > 0 && part.charCodeAt(at) !== part.charCodeAt(matched)) matched = fallback[matched - 1]!;
    if (part.charCodeAt(at) === part.charCodeAt(matched)) matched += 1;
    fallback[at] = matched;
  }
  for (let at = 0, matched = 0; at < text.length; at += 1) {
    while (matched > 0 && text.charCodeAt(at) !== part.charCodeAt(matched)) matched = fallback[matched - 1]!;
    if (text.charCodeAt(at) === part.charCodeAt(matched)) matched += 1;
    if (matched === part.length) return true;
  }
  return false;
}

/** What goes over a list: `name`, then what is asked or made of each. */
export const listMacros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
