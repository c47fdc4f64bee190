import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type { MessageCreateParamsStreaming, Tool } from '@anthropic-ai/sdk/resources/messages';
import type { ChatRequest, Sampling } from '../../chat-model.ts';
import type { ToolDescription } from '../../tool-description.ts';
import { usualReplyTokens } from './anthropic-facts.ts';
import type { AnthropicHabits, ShapeWay } from './anthropic-habits.ts';
import { anthropicMessages } from './anthropic-messages.ts';

/** What a request to `POST /v1/messages` is made of. */
export interface AnthropicBodyOptions {
  model: string;
  request: ChatRequest;
  habits: AnthropicHabits;
}

/** The body of a request. Sampling that the protocol does not know (`min_p`, `seed` and those of llama-servers) is not sent. */
export function anthropicBody({ model, request, habits }: AnthropicBodyOptions): MessageCreateParamsStreaming {
  const { maxTokens, sampling = {}, format, tools = [] } = request;
  const { system, messages } = anthropicMessages(request.messages, habits);
  const most = habits.replyTokens;
  const fields: MessageCreateParamsStreaming = {
    model,
    max_tokens: Math.min(maxTokens ?? most ?? usualReplyTokens, most ?? Infinity),
    stream: true,
    ...(system.length === 0 ? {} : { system }),
    messages,
    ...samplingFields(sampling),
    ...(tools.length === 0 ? {} : { tools: toolFields(tools) }),
    ...(format === undefined ? {} : shapeFields(format, habits.shape)),
  };
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !habits.leftOut.has(field))) as typeof fields;
}

/** Tools as the protocol offers them, also where a prompt is counted. */
export function toolFields(tools: readonly ToolDescription[]): Tool[] {
  return tools.map(({ name, description, parameters }) => ({
    name,
    description,
    input_schema: { ...parameters, type: 'object' as const },
  }));
}

function samplingFields({ temperature, topP, topK, stop }: Sampling): Partial<MessageCreateParamsStreaming> {
  const stops = stop?.filter((text) => text.trim() !== '') ?? [];
  return {
    // The protocol's temperature ends at 1.
    ...(temperature === undefined ? {} : { temperature: Math.min(1, temperature) }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(stops.length === 0 ? {} : { stop_sequences: stops }),
  };
}

function shapeFields({ name, schema }: NonNullable<ChatRequest['format']>, way: ShapeWay): Partial<MessageCreateParamsStreaming> {
  if (way === 'none') return {};
  if (way === 'output_config') return { output_config: { format: { type: 'json_schema', schema: plainSchema(schema) } } };
  const shape = { ...schema, type: 'object' as const };
  return { tools: [{ name, description: 'Your whole reply.', input_schema: shape }], tool_choice: { type: 'tool', name } };
}

/** What the protocol does not take of a schema becomes words in it. One that the package cannot read is sent as it is: the server's refusal says why. */
function plainSchema(schema: Record<string, unknown>): Record<string, unknown> {
  try {
    return transformJSONSchema(schema);
  } catch {
    return schema;
  }
}
