import type { SourceNode } from '../source-tree.ts';
import type { TextEdit } from '../text-edits.ts';

/** How `node:assert` says what a matcher of `expect` says. Undefined: it has no way to say exactly that. */
type Assertion = (actual: string, expected: readonly SourceNode[]) => string | undefined;

const matchers: Readonly<Record<string, Assertion>> = {
  toBe: compared('strictEqual'),
  toEqual: compared('deepStrictEqual'),
  toStrictEqual: compared('deepStrictEqual'),
  toBeNull: (actual) => `assert.strictEqual(${actual}, null)`,
  toBeUndefined: (actual) => `assert.strictEqual(${actual}, undefined)`,
  toBeTruthy: (actual) => `assert.ok(${actual})`,
  toBeFalsy: (actual) => `assert.ok(!(${actual}))`,
  toHaveLength: (actual, [length]) => length && `assert.strictEqual((${actual}).length, ${length.text})`,
  toContain: (actual, [item]) => item && `assert.ok((${actual}).includes(${item.text}))`,
  toBeInstanceOf: (actual, [type]) => type && `assert.ok((${actual}) instanceof ${type.text})`,
  toBeGreaterThan: ordered('>'),
  toBeGreaterThanOrEqual: ordered('>='),
  toBeLessThan: ordered('<'),
  toBeLessThanOrEqual: ordered('<='),
  toMatch: (actual, [pattern]) => (pattern?.type === 'regex' ? `assert.match(${actual}, ${pattern.text})` : undefined),
  toThrow: thrown('throws'),
  toThrowError: thrown('throws'),
};

const opposites: Readonly<Record<string, Assertion>> = {
  toBe: compared('notStrictEqual'),
  toEqual: compared('notDeepStrictEqual'),
  toStrictEqual: compared('notDeepStrictEqual'),
  toBeNull: (actual) => `assert.notStrictEqual(${actual}, null)`,
  toBeUndefined: (actual) => `assert.notStrictEqual(${actual}, undefined)`,
  toContain: (actual, [item]) => item && `assert.ok(!(${actual}).includes(${item.text}))`,
  toThrow: (actual, expected) => (expected.length === 0 ? `assert.doesNotThrow(${actual})` : undefined),
};

/** Of promises, which have to be awaited around them. */
const rejections: Readonly<Record<string, Assertion>> = { toThrow: thrown('rejects'), toThrowError: thrown('rejects') };

const sides: Readonly<Record<string, Readonly<Record<string, Assertion>>>> = { not: opposites, rejects: rejections };

/** The assertion in the place of `expect(…).…(…)`. @param name Where `expect` stands. @returns undefined: the file needs another runner. */
export function assertionFor(name: SourceNode): TextEdit | undefined {
  const expectation = name.field === 'function' ? name.parent : undefined;
  const [actual, ...more] = expectation?.child('arguments')?.children ?? [];
  let member = expectation?.field === 'object' ? expectation.parent : undefined;
  let side = matchers;
  const first = member?.child('property')?.text ?? '';
  if (Object.hasOwn(sides, first)) {
    side = sides[first] ?? matchers;
    member = member?.field === 'object' ? member.parent : undefined;
  }
  const matcher = member?.child('property')?.text ?? '';
  const call = member?.field === 'function' ? member.parent : undefined;
  const expected = call?.child('arguments')?.children.filter(({ type }) => type !== 'comment');
  if (actual === undefined || more.length > 0 || call === undefined || expected === undefined || !Object.hasOwn(side, matcher))
    return undefined;
  const text = side[matcher]?.(actual.text, expected);
  return text === undefined ? undefined : { start: call.start, end: call.end, text };
}

function compared(method: string): Assertion {
  return (actual, [expected]) => expected && `assert.${method}(${actual}, ${expected.text})`;
}

function ordered(sign: string): Assertion {
  return (actual, [expected]) => expected && `assert.ok((${actual}) ${sign} (${expected.text}))`;
}

/** The type of the error, a pattern, or a part of its message. */
function thrown(method: 'throws' | 'rejects'): Assertion {
  return (actual, [expected]) => {
    if (expected === undefined) return `assert.${method}(${actual})`;
    if (/^(?:identifier|regex)$/.test(expected.type)) return `assert.${method}(${actual}, ${expected.text})`;
    return expected.type === 'string' ? `assert.${method}(${actual}, (error) => error.message.includes(${expected.text}))` : undefined;
  };
}
