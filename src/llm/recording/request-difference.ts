import { isDeepStrictEqual } from 'node:util';
import { textOfPart } from '../../events/content-part.ts';
import type { RecordedRequest } from './recording-lines.ts';
import { commonLength } from '../slots/transcript-text.ts';

const longestExcerpt = 70;

/** The first difference between a request and the recorded one, in words. Undefined if they are equal. */
export function requestDifference(recorded: RecordedRequest, asked: RecordedRequest): string | undefined {
  if (recorded.model !== asked.model) return both('the model', recorded.model, asked.model);
  for (const [index, message] of recorded.messages.entries()) {
    const other = asked.messages[index];
    if (other === undefined) break;
    const name = `message ${index + 1}`;
    if (message.role !== other.role) return both(`the role of ${name}`, message.role, other.role);
    if (!isDeepStrictEqual(message.content, other.content)) return contentDifference(`${name} (${message.role})`, message, other);
  }
  if (recorded.messages.length !== asked.messages.length)
    return both('the number of messages', recorded.messages.length, asked.messages.length);
  for (const field of ['maxTokens', 'sampling', 'format', 'tools'] as const)
    if (!isDeepStrictEqual(recorded[field], asked[field])) return both(field, recorded[field], asked[field]);
  return undefined;
}

type Message = RecordedRequest['messages'][number];

function contentDifference(name: string, recorded: Message, asked: Message): string {
  const [before, after] = [linesOf(recorded), linesOf(asked)];
  const line = before.findIndex((text, index) => text !== after[index]);
  const place = line === -1 ? before.length : line;
  return both(`line ${place + 1} of ${name}`, ...fromFirstDifference(before[place], after[place]));
}

function linesOf({ content }: Message): string[] {
  return content.flatMap((part) => (part.type === 'reasoning' ? `(reasoning) ${part.text}` : textOfPart(part)).split('\n'));
}

/** For long lines, the text around the first difference. */
function fromFirstDifference(before: string | undefined, after: string | undefined): [string | undefined, string | undefined] {
  if (before === undefined || after === undefined) return [before, after];
  const place = commonLength(before, after);
  const start = place > longestExcerpt / 2 ? place - 20 : 0;
  return [before.slice(start), after.slice(start)];
}

function both(what: string, recorded: unknown, asked: unknown): string {
  return `${what} is ${excerpt(asked)}; in the recording it was ${excerpt(recorded)}`;
}

function excerpt(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
}
