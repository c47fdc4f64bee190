import { isPlausiblePath } from './plausible-path.ts';

/**
 * The path in a piece of text that should be only a path. Decoration is removed, as is a remark after it, such as `(new)` or `# entry point`.
 * @returns undefined if what is left is not a plausible path.
 */
export function claimedPath(text: string): string | undefined {
  const bare = withoutFrame(text);
  const quoted = /^(["'`])([^"'`]+)\1([^]*)$/.exec(bare) ?? /^(")([^"]+)"([^]*)$/.exec(bare);
  if (quoted !== null) return isRemark(quoted[3]!.trim(), 'set off') ? plausible(quoted[2]!.trim()) : undefined;
  const emphasised = /^(\*{1,3}|_{1,3})(?![\s*_])(.{1,300}?)\1(?![\p{L}\p{N}])/u.exec(bare);
  if (emphasised !== null) {
    const path = claimedPath(emphasised[2]!);
    if (path !== undefined) return isRemark(bare.slice(emphasised[0].length).trim(), 'set off') ? path : undefined;
  }
  const plain = bare.replaceAll('**', '').trim();
  const link = /^\[`?([^\]`]+)`?\]\([^()\s]*\)(.*)$/.exec(plain);
  const name = link === null ? plain.replace(/^\*([^*]+)\*/, '$1') : `${link[1]}${link[2]}`;
  const whole = plausible(withoutEnd(name));
  if (whole !== undefined) return whole;
  const [first = ''] = name.split(/\s/, 1);
  return isRemark(name.slice(first.length).trim(), 'bare') ? plausible(withoutEnd(first)) : undefined;
}

/** Removes what people draw around a name: `=== src/app.py ===`, `[src/app.py]`, `(src/app.py)`, `src/app.py ↓`. */
function withoutFrame(text: string): string {
  const bare = text.trim();
  if (bare.length > 1000) return bare;
  const coded = /^(`{2,9})([^`]+)\1$/.exec(bare)?.[2];
  if (coded !== undefined) return coded.trim();
  const drawn = drawnText(bare)?.text ?? bare;
  const framed = framedText(drawn);
  const open = framed === drawn ? (/^<([^\s[\](){}<>|"'`]+)>:?$/.exec(drawn)?.[1] ?? drawn) : framed;
  return open.replace(/[→⇒➜▶↓⬇👇]{1,60}$/u, '').trimEnd();
}

function plausible(path: string): string | undefined {
  return isPlausiblePath(path) ? path : undefined;
}

/** Removes a colon, full stop or the like that ends the line and not the name. */
function withoutEnd(text: string): string {
  return text.replace(/(?<=[^./\\:])(?:[.:]|->|=>|:-)$/, '').trimEnd();
}

const remark = /^[:.,]?$|^[:,]?\s*(?:\(|\[|\{|#|\/\/|—|–|- |->|<-|←|=>|\||\/\*|<!--)/;

/** Whether the rest is a remark. A name that is set off by quotes or emphasis may be explained after a colon. */
function isRemark(rest: string, manner: 'bare' | 'set off'): boolean {
  return rest === '' || remark.test(rest) || (manner === 'set off' && /^:\s/.test(rest));
}

interface DrawnText {
  text: string;
  /** The marks are also after it. */
  isClosed: boolean;
}

const frame = /^(\[{1,3}|<{2,3}|\({1,2}|\|{1,2})\s{0,10}([^[\](){}<>|]{1,300})([\])>|]{1,3}):?$/;
const ends: Readonly<Record<string, string>> = { '[': ']', '<': '>', '(': ')', '|': '|' };

/** The text within brackets around a whole line: `[File: src/app.py]`, `<<<src/app.py>>>`; any other line as it is. */
export function framedText(line: string): string {
  const match = frame.exec(line);
  if (match === null) return line;
  const [, open, text, close] = match as unknown as [string, string, string, string];
  return close === (ends[open[0]!] ?? '').repeat(open.length) ? text.trim() : line;
}

/** The text after drawn marks, or between them: `=== src/app.py ===`. Undefined for a line that does not begin with such marks. */
export function drawnText(line: string): DrawnText | undefined {
  const start = /^([=#*~─━═>-])\1{1,60}\s+/.exec(line);
  if (start === null) return undefined;
  const rest = line.slice(start[0].length);
  const end = /\s([=#*~─━═>-])\1{1,59}$/.exec(rest);
  const isClosed = end !== null && end[1] === start[1];
  return { text: isClosed ? rest.slice(0, end.index).trimEnd() : rest, isClosed };
}
