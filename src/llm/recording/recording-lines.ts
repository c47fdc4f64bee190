import { z } from 'zod';
import { contentPart } from '../../events/content-part.ts';
import { usageSchema } from '../../events/usage.ts';

/**
 * The lines of a recording, each one JSON object: first the server, then what it was asked, in the order in which the answers ended. Names and meanings stay
 * the same; a change that an older program cannot read gets a new `version`.
 */

const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('reasoning'), text: z.string() }),
  z.object({ type: z.literal('tool_call'), id: z.string(), name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal('thoughts_ended') }),
  z.object({ type: z.literal('sent'), server: z.string() }),
  z.object({ type: z.literal('limited'), provider: z.string(), milliseconds: z.number() }),
  z.object({ type: z.literal('held_back'), milliseconds: z.number() }),
  z.object({ type: z.literal('prompt_progress'), processed: z.number(), total: z.number(), cached: z.number() }),
  z.object({ type: z.literal('end'), finishReason: z.string(), usage: usageSchema }),
]);

const errorSchema = z.object({
  kind: z.enum(['transient', 'overflow', 'configuration', 'misbehaviour', 'refused']),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  /** Milliseconds. */
  retryAfter: z.number().optional(),
  overflow: z.object({ promptTokens: z.number().optional(), contextTokens: z.number().optional() }).optional(),
  elsewhere: z.string().optional(),
});

const serverSchema = z.object({
  address: z.string(),
  engine: z.enum(['server', 'embedded']),
  models: z.array(z.string()),
  contextTokens: z.number().optional(),
  slots: z.number().optional(),
  release: z.string().optional(),
  dialect: z.enum(['llama-server', 'openai']),
  capabilities: z.object({ countsTokens: z.boolean(), continuesReplies: z.boolean() }),
});

const serverLineSchema = z.object({
  type: z.literal('server'),
  version: z.literal(1),
  defaultModel: z.string(),
  server: serverSchema,
  /** With several servers: those that the connection began with. */
  servers: z.array(serverSchema).optional(),
  /** How many tasks ran at once, which decides what each of them is asked. Absent in recordings of earlier versions. */
  tasksAtOnce: z.union([z.number().int().positive(), z.literal('auto')]).optional(),
});

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(
    z.object({
      role: z.enum(['system', 'user', 'assistant']),
      content: z.array(contentPart),
    }),
  ),
  maxTokens: z.number().optional(),
  sampling: z.record(z.string(), z.unknown()).optional(),
  format: z.record(z.string(), z.unknown()).optional(),
  /** What was offered. */
  tools: z.array(z.record(z.string(), z.unknown())).optional(),
});

const exchangeLineSchema = z.object({
  type: z.literal('exchange'),
  request: requestSchema,
  parts: z.array(partSchema),
  /** What the stream threw after its parts. */
  error: errorSchema.optional(),
});

const countLineSchema = z.object({
  type: z.literal('count'),
  model: z.string(),
  /** SHA-256 of the masked messages as JSON. The messages themselves are in the exchange that follows. */
  messages: z.string(),
  /** Null: the server could not tell. */
  tokens: z.number().nullable(),
});

export const recordingLineSchema = z.discriminatedUnion('type', [serverLineSchema, exchangeLineSchema, countLineSchema]);

export type RecordingLine = z.infer<typeof recordingLineSchema>;
export type ServerLine = z.infer<typeof serverLineSchema>;
export type ExchangeLine = z.infer<typeof exchangeLineSchema>;
export type CountLine = z.infer<typeof countLineSchema>;
/** A request as it is written down: secrets masked, without its signal. */
export type RecordedRequest = z.infer<typeof requestSchema>;
