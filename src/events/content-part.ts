import { z } from 'zod';

/**
 * A piece of a message. `reasoning`: what the model thought, which is no part of what it says. A type with a prefix (`acme:chart`) belongs to a program or
 * a provider: this program keeps it and hands it on.
 */
export type ContentPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** The model asks for a tool. `arguments` are JSON as the model wrote them. */
  | { type: 'tool_call'; id: string; name: string; arguments: string }
  /** What came of the call with this id. It stands in a message of the user. */
  | { type: 'tool_result'; id: string; text: string }
  /** `data` in base64. */
  | { type: 'image'; mediaType: string; data: string }
  | { type: `${string}:${string}`; [key: string]: unknown };

/** A message as a conversation keeps it. */
export interface TurnMessage {
  role: 'user' | 'assistant';
  content: ContentPart[];
}

/** Parts as a journal holds them: of a part of a type that is not known everything is kept, too. */
export const contentPart = z.looseObject({ type: z.string() }).transform((part) => part as unknown as ContentPart);

/** A part as one text, for counting and comparing: parts that differ have texts that differ. */
export function textOfPart(part: ContentPart): string {
  return part.type === 'text' || part.type === 'reasoning' ? part.text : JSON.stringify(part);
}
