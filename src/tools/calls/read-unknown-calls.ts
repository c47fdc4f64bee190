import { type CallsInText, readCalls } from './read-calls.ts';

const nameOfCall = /^[ \t]{0,20}(?:[-*][ \t]{1,4})?`?([a-z_]\w{0,60})\(/gm;
/** Code has more names in front of brackets. */
const mostNames = 5;

/**
 * Calls of tools that there are not, in a reply that is nothing else: whoever answers them can say which there are. Undefined for any other reply: what looks like a
 * call is text then.
 */
export function readUnknownCalls(reply: string): CallsInText | undefined {
  const names = new Set([...reply.matchAll(nameOfCall)].map(([, name = '']) => name));
  if (names.size === 0 || names.size > mostNames) return undefined;
  const found = readCalls(reply, [...names]);
  return found.calls.length > 0 && found.text.trim() === '' ? found : undefined;
}
