import { z } from 'zod';
import { parseFenceLine } from '../../files/scan/fence-line.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { FencesOfReply } from './fences-of-reply.ts';
import type { CallInText, CallsInText } from './read-calls.ts';
import { withoutSpecialTokens } from './special-tokens.ts';

/** The marks that some families put around a call; others stand in a code block, or are the whole reply. */
const marks = /^\s*<\/?tool_calls?>\s*$/;
const objectOrText = z.union([z.record(z.string(), z.unknown()), z.string()]);
/** Further keys make it data about something else. */
const callSchema = z.union([
  z.strictObject({ name: z.string(), arguments: objectOrText, id: z.unknown().optional(), type: z.unknown().optional() }),
  z.strictObject({ name: z.string(), parameters: objectOrText, id: z.unknown().optional(), type: z.unknown().optional() }),
  z.strictObject({
    type: z.unknown().optional(),
    id: z.unknown().optional(),
    function: z.strictObject({ name: z.string(), arguments: objectOrText }),
  }),
]);
/** Calls of one reply. More are a model that repeats itself. */
const mostCalls = 50;

/**
 * Calls that a model writes as the data in which it was taught to call, although nobody reads them there: objects of a name and arguments, where code blocks hold nothing
 * else and are no files. A model of 1.5B did so when it was offered tools natively (docs/tools.md). Undefined if it is otherwise: then the blocks are code.
 */
export function readJsonCalls(reply: string, names: readonly string[]): CallsInText | undefined {
  const { blocks, text } = blocksOf(reply);
  const calls: CallInText[] = [];
  for (const { line, content } of blocks) {
    const found = callsOf(content, names);
    if (found === undefined) return undefined;
    calls.push(...found.map((call) => ({ ...call, line })));
  }
  if (calls.length === 0) return undefined;
  const different = [...new Map(calls.map((call) => [JSON.stringify([call.name, call.given]), call])).values()];
  return { calls: different.slice(0, mostCalls), more: Math.max(0, different.length - mostCalls), text };
}

interface Block {
  /** Its first line in the reply, counted from 1. */
  line: number;
  content: string;
}

/** What stands in blocks of code or between marks; where there is neither, all that is said. */
function blocksOf(reply: string): { blocks: Block[]; text: string } {
  const fences = new FencesOfReply();
  const blocks: Block[] = [];
  const text: string[] = [];
  let open: { line: number; lines: string[] } | undefined;
  let isMarked = false;
  const close = () => {
    if (open !== undefined && open.lines.join('').trim() !== '') blocks.push({ line: open.line, content: open.lines.join('\n') });
    open = undefined;
  };
  for (const [index, whole] of reply.split('\n').entries()) {
    const line = withoutSpecialTokens(whole);
    const isCode = fences.take(whole) === 'code';
    const fence = isCode ? parseFenceLine(whole.trim()) : undefined;
    const isFence = fence !== undefined;
    // With a path it is a file, whatever stands in it.
    if (fence?.info.includes(':') === true) return { blocks: [], text: '' };
    const isMark = !isCode && marks.test(line);
    if (isFence || isMark) close();
    if (isMark) isMarked = !line.includes('/');
    if (isFence || isMark) continue;
    if (!isCode && !isMarked) {
      text.push(line);
      continue;
    }
    open ??= { line: index + 1, lines: [] };
    open.lines.push(line);
  }
  close();
  const said = text.join('\n');
  return blocks.length === 0 && said.trim() !== '' ? { blocks: [{ line: 1, content: said }], text: '' } : { blocks, text: said };
}

/** One call, a list of them, or one a line. */
function callsOf(content: string, names: readonly string[]): Omit<CallInText, 'line'>[] | undefined {
  const whole = parseJson(content);
  const values =
    whole === undefined
      ? content
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parseJson)
      : [whole].flat();
  const calls = values.map((value) => callOf(value, names));
  return calls.every((call) => call !== undefined) ? calls : undefined;
}

function callOf(value: unknown, names: readonly string[]): Omit<CallInText, 'line'> | undefined {
  const { data } = callSchema.safeParse(value);
  if (data === undefined) return undefined;
  const name = 'function' in data ? data.function.name : data.name;
  const said = 'function' in data ? data.function.arguments : 'arguments' in data ? data.arguments : data.parameters;
  const given = typeof said === 'string' ? parseJson(said) : said;
  if (!names.includes(name) || typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  return { name, given: { kind: 'values', positional: [], named: { ...given } } };
}
