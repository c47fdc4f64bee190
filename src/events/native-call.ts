import { z } from 'zod';
import type { ContentPart } from './content-part.ts';

/** A native call as a reply has it. `arguments` are JSON if the model wrote it well. */
export const nativeCallSchema = z.object({ id: z.string(), name: z.string(), arguments: z.string() });

export type NativeCall = z.infer<typeof nativeCallSchema>;

/** What a native call says, by its id. */
export interface CallResult {
  id: string;
  text: string;
}

/** The parts of a message of the team: what calls say, then its own text. With results, it may have none. */
export function askedParts(message: string, results: readonly CallResult[] = []): ContentPart[] {
  const own: ContentPart[] = message === '' && results.length > 0 ? [] : [{ type: 'text', text: message }];
  return [...results.map(({ id, text }): ContentPart => ({ type: 'tool_result', id, text })), ...own];
}

/** The parts of a reply without its thoughts: its text, then its calls. With calls, it may have no text. */
export function repliedParts(text: string, called: readonly NativeCall[] = []): ContentPart[] {
  const own: ContentPart[] = text === '' && called.length > 0 ? [] : [{ type: 'text', text }];
  return [...own, ...called.map(({ id, name, arguments: said }): ContentPart => ({ type: 'tool_call', id, name, arguments: said }))];
}
