import { isPlausiblePath } from '../names/plausible-path.ts';

/**
 * The path in a piece of text that should be nothing but a path: decoration is taken off, also a remark after it, such as `(new)` or `# entry point`.
 * @returns undefined where what is left is not a plausible path.
 */
export function claimedPath(text: string): string | undefined {
  const quoted = /^\s*(?:\*\*)?(["'`])([^"'`]+)\1(?:\*\*)?([^]*)$/.exec(text);
  if (quoted !== null) return isRemark(quoted[3]!.trim()) ? plausible(quoted[2]!) : undefined;
  const plain = text.replaceAll('**', '').trim();
  const link = /^\[`?([^\]`]+)`?\]\([^()\s]*\)(.*)$/.exec(plain);
  const bare = link === null ? plain.replace(/^\*([^*]+)\*/, '$1') : `${link[1]}${link[2]}`;
  const whole = plausible(withoutEnd(bare));
  if (whole !== undefined) return whole;
  const [first = ''] = bare.split(/\s/, 1);
  return isRemark(bare.slice(first.length).trim()) ? plausible(withoutEnd(first)) : undefined;
}

function plausible(path: string): string | undefined {
  return isPlausiblePath(path) ? path : undefined;
}

/** A colon or full stop that ends the line, not the name. */
function withoutEnd(text: string): string {
  return text.replace(/(?<=[^./\\:])[.:]$/, '');
}

function isRemark(rest: string): boolean {
  return rest === '' || /^[:.]?$|^:?\s*(?:\(|\[|\{|#|\/\/|—|–|- |->|<!--)/.test(rest);
}
