import type { PromptSegment } from '../../llm/budget/prompt-tree.ts';

/**
 * A message in paragraphs, so that what two messages begin with alike counts as read once. Its tokens are shared out by length; the pieces' sum is the
 * message's count, because each takes what is left of it up to its end.
 */
export function messagePieces(message: string, tokens: number): PromptSegment[] {
  const pieces: PromptSegment[] = [];
  let end = 0;
  let given = 0;
  for (const paragraph of message.split(/(?<=\n\n)/)) {
    end += paragraph.length;
    const upTo = Math.round((tokens * end) / Math.max(1, message.length));
    pieces.push({ id: paragraph, tokens: upTo - given });
    given = upTo;
  }
  return pieces;
}
