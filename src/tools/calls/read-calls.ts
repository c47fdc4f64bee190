import { FencesOfReply } from './fences-of-reply.ts';
import { type CallOfLine, readCallLine } from './read-call-line.ts';
import { withoutSpecialTokens } from './special-tokens.ts';

/** A call that stands in a reply. */
export interface CallInText extends CallOfLine {
  /** Its line in the reply, counted from 1. Of a call that is there several times, the first. */
  line: number;
}

export interface CallsInText {
  /** In the order of the reply. */
  calls: CallInText[];
  /** How many more there are than a reply may have. They are not in `text` either, so that whoever answers the calls has to say so. */
  more: number;
  /** The reply without the lines of calls, and without tokens that are no text. */
  text: string;
}

/** Calls of one reply. More are a model that repeats itself. */
const mostCalls = 50;

/**
 * Reads calls in text: `read_file("src/a.rs")` alone on a line, also as an item of a list or in backticks. What is in a fenced code block is code. Only the names given
 * here count; everything else stays text. The same call, written again, is one. Each character is looked at a few times, whatever the text.
 */
export function readCalls(reply: string, names: readonly string[]): CallsInText {
  const known = new Set(names);
  const fences = new FencesOfReply();
  const calls = new Map<string, CallInText>();
  const beyond = new Set<string>();
  const text: string[] = [];
  for (const [index, whole] of reply.split('\n').entries()) {
    if (fences.take(whole) === 'code') {
      text.push(whole);
      continue;
    }
    const line = withoutSpecialTokens(whole);
    const call = readCallLine(line, known);
    if (call === undefined) {
      if (line.trim() !== '' || whole.trim() === '') text.push(line);
      continue;
    }
    const key = JSON.stringify(call);
    if (calls.has(key)) continue;
    if (calls.size < mostCalls) calls.set(key, { ...call, line: index + 1 });
    else beyond.add(key);
  }
  return { calls: [...calls.values()], more: beyond.size, text: text.join('\n') };
}
