import { firstInk, isFenceCharacter } from './text-positions.ts';

/** A line that may open or close a fenced block. */
export interface FenceLine {
  character: '`' | '~';
  /** All marks of the fence. */
  marks: string;
  /** The number of marks: three or more. */
  length: number;
  /** Spaces before the fence: none to three. */
  indentation: number;
  /** Trimmed. Empty for a bare fence, the only kind that closes a block. */
  info: string;
}

/** @returns undefined for a line that is not a fence by CommonMark's rules. */
export function parseFenceLine(text: string): FenceLine | undefined {
  // Most lines end here.
  if (!isFenceCharacter(text.charCodeAt(firstInk(text, 0, 3)))) return undefined;
  const match = /^( {0,3})(`{3,}|~{3,})/.exec(text);
  if (match === null) return undefined;
  const [whole, indentation, marks] = match as unknown as [string, string, string];
  const character = marks.startsWith('`') ? '`' : '~';
  const info = withoutInvisible(text.slice(whole.length)).trim();
  // With a backtick in an info string, inline code such as ```x``` would be a fence.
  if (character === '`' && info.includes('`')) return undefined;
  return { character, marks, length: marks.length, indentation: indentation.length, info };
}

function withoutInvisible(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.replaceAll(/\u200B|\u200C|\u200D|\u2060|\uFEFF/g, '');
}
