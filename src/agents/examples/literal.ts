const deepest = 20;
const numberOrWord =
  /-?(?:0[xX][\da-fA-F]{1,16}|\d[\d_]{0,40}(?:\.\d{0,40})?(?:[eE][+-]?\d{1,4})?n?|\.\d{1,40})|True|False|None|true|false|null|undefined|NaN|-?Infinity/y;
const key = /[A-Za-z_$][\w$]{0,80}(?=\s{0,8}:)/y;
const space = /\s{0,200}/y;
const closers: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/** Whether a text is one value written out in Python or JavaScript, without names, calls or calculations. */
export function isLiteral(text: string): boolean {
  const whole = text.trim();
  return whole !== '' && literalEnd(whole, 0, 0) === whole.length;
}

/** The literal at the beginning of a text. Undefined if there is none. */
export function leadingLiteral(text: string): string | undefined {
  const begin = text.length - text.trimStart().length;
  const end = literalEnd(text, begin, 0);
  return end === undefined ? undefined : text.slice(begin, end);
}

const callee = /^(?:new )?[A-Za-z_$][\w$]{0,80}\(/;

/** Whether a text is one function call whose arguments are all values: `share(1000, ["Ana"])`. A call without arguments is of no use. */
export function isLiteralCall(text: string): boolean {
  const whole = text.trim();
  const begin = callee.exec(whole)?.[0].length;
  if (begin === undefined) return false;
  const end = listEnd(whole, begin, ')', 0);
  return end === whole.length && whole.slice(begin, -1).trim() !== '';
}

/** The end of the literal that begins here. */
function literalEnd(text: string, at: number, depth: number): number | undefined {
  const first = text[at];
  if (first === undefined || depth > deepest) return undefined;
  if (first === '"' || first === "'") return stringEnd(text, at);
  const closer = closers[first];
  if (closer !== undefined) return listEnd(text, at + 1, closer, depth + 1);
  return matchAt(numberOrWord, text, at);
}

/** The position after the bracket that closes a list of literals, each with or without a key or name before it. */
function listEnd(text: string, from: number, closer: string, depth: number): number | undefined {
  let at = afterSpace(text, from);
  while (text[at] !== closer) {
    const keyed = afterKey(text, at);
    const end = literalEnd(text, keyed, depth);
    if (end === undefined) return undefined;
    at = afterSpace(text, end);
    if (text[at] === ':') {
      const value = literalEnd(text, afterSpace(text, at + 1), depth);
      if (value === undefined) return undefined;
      at = afterSpace(text, value);
    }
    if (text[at] === ',') at = afterSpace(text, at + 1);
    else if (text[at] !== closer) return undefined;
  }
  return at + 1;
}

const named = /[A-Za-z_]\w{0,80}\s{0,8}=\s{0,8}(?!=)/y;

/** The position after `name:` of an object or `name=` of an argument. */
function afterKey(text: string, at: number): number {
  const objectKey = matchAt(key, text, at);
  if (objectKey !== undefined) return afterSpace(text, afterSpace(text, objectKey) + 1);
  return matchAt(named, text, at) ?? at;
}

function stringEnd(text: string, at: number): number | undefined {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === quote) return next + 1;
    else if (text[next] === '\n') return undefined;
  }
  return undefined;
}

function afterSpace(text: string, at: number): number {
  return matchAt(space, text, at) ?? at;
}

function matchAt(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}
