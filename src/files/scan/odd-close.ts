import { languageOfInfo } from '../names/languages.ts';
import type { FenceLine } from './fence-line.ts';

/** How a line that is not a closing fence by the rules ends a block. */
export type OddClose = 'remark' | 'language' | 'sentence';

const remark = /^(?:<(?:!--|[|｜/])|\/\/|\/\*|#(?!\w)|--|\(|\[?end\b|[.,;:!]{1,3}$|eof\b|done\b|fin\b|— |– )/i;
const sentence = /^[\p{Lu}][\p{L}'’-]*(?: [^\s`]+){2,}[.!:]$/u;

/**
 * The odd close that a fence with words after it may be: a remark about what it ends, the language again, or a sentence that continues on the same line.
 * @param info The words after the opening fence.
 */
export function oddCloseOf(fence: FenceLine, info: string): OddClose | undefined {
  const words = fence.info;
  if (words.length > 300) return undefined;
  if (remark.test(words)) return 'remark';
  const language = languageOfInfo(info);
  if (words === info && /[./]/.test(words)) return 'remark';
  if (words !== '' && info.endsWith(words) && /[./]/.test(words)) return 'remark';
  if (language !== undefined && words.toLowerCase() === language && info !== '') return 'language';
  return sentence.test(words) ? 'sentence' : undefined;
}

/** A bare fence of the other character, or two backticks alone. */
export function isOtherFence(text: string, { character }: FenceLine): boolean {
  const line = text.trimEnd();
  return character === '`' ? /^ {0,3}(?:~{3,}|``)$/.test(line) : /^ {0,3}`{3,}$/.test(line);
}

/** A bare fence that is indented too far to close anything by the rules. */
export function isDeepFence(text: string, { character, length }: FenceLine): boolean {
  if (text.length > 200 || !/^[ \t]{0,3}(?: |\t)/.test(text)) return false;
  const marks = text.trim();
  return marks.length >= length && marks === character.repeat(marks.length) && !/^ {0,3}[`~]/.test(text);
}

/** The fence that opens on the same line on which the previous one closes: six backticks and a path, or three, a space and three. */
export function openedBehindClose(text: string, { character, length }: FenceLine): FenceLine | undefined {
  if (text.length > 1000) return undefined;
  const match = character === '`' ? /^ {0,3}(`{3,})(?:[ \t]+(`{3,}))?([^`]+)$/.exec(text) : null;
  if (match === null) return undefined;
  const [, first, second, rest] = match as unknown as [string, string, string | undefined, string];
  const info = rest.trim();
  const marks = second ?? (first.length === 2 * length ? first.slice(length) : '');
  if (info === '' || marks === '' || (second !== undefined && first.length < length)) return undefined;
  return { character, marks, length: marks.length, indentation: 0, info };
}
