import { z } from 'zod';

/**
 * A piece of a message. `reasoning`: the model's thoughts, which are not part of its answer. A type with a prefix (`acme:chart`) belongs to a program or a
 * provider: this program keeps it and passes it on.
 */
export type ContentPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** The model asks for a tool. `arguments` are JSON as the model wrote them. */
  | { type: 'tool_call'; id: string; name: string; arguments: string }
  /** The result of the call with this id. It is in a user message. */
  | { type: 'tool_result'; id: string; text: string }
  /** `data` in base64. */
  | { type: 'image'; mediaType: string; data: string }
  | { type: `${string}:${string}`; [key: string]: unknown };

/** A message as a conversation keeps it. */
export interface TurnMessage {
  role: 'user' | 'assistant';
  content: ContentPart[];
}

/** Parts as in a journal: everything is kept, even in a part of an unknown type. */
export const contentPart = z.looseObject({ type: z.string() }).transform((part) => part as unknown as ContentPart);

/** A part as one text, for counting and comparing: different parts have different texts. */
export function textOfPart(part: ContentPart): string {
  return part.type === 'text' || part.type === 'reasoning' ? part.text : JSON.stringify(part);
}
