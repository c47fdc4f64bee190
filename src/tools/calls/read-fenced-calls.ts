import { parseFenceLine } from '../../files/scan/fence-line.ts';
import { FencesOfReply } from './fences-of-reply.ts';
import { readCallLine } from './read-call-line.ts';
import { type CallsInText, readCalls } from './read-calls.ts';

/**
 * Calls that a model has put into code blocks, as many are used to, although it was told otherwise: where blocks hold nothing but calls, also on the line of the fence,
 * and no call stands outside of them. Undefined if it is otherwise: then the blocks are code.
 */
export function readFencedCalls(reply: string, names: readonly string[]): CallsInText | undefined {
  const known = new Set(names);
  const fences = new FencesOfReply();
  const bare: string[] = [];
  for (const line of reply.split('\n')) {
    const isText = fences.take(line) === 'text';
    const fence = isText ? undefined : parseFenceLine(line.trim());
    if (fence !== undefined && readCallLine(fence.info, known) === undefined) continue;
    const content = fence?.info ?? line;
    if (!isText && content.trim() !== '' && readCallLine(content, known) === undefined) return undefined;
    bare.push(content);
  }
  const found = readCalls(bare.join('\n'), names);
  return found.calls.length === 0 ? undefined : found;
}
