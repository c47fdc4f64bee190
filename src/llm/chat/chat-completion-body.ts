import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { ChatRequest, Sampling } from '../chat-model.ts';
import type { ModelServer } from '../server/model-server.ts';
import type { ToolDescription } from '../tool-description.ts';
import { wireMessages } from './wire-messages.ts';

export interface ChatCompletionBodyOptions {
  model: string;
  dialect: ModelServer['dialect'];
  request: ChatRequest;
  /** The slot of a llama-server that is to answer. Absent: the server chooses. */
  slot?: number | undefined;
  /** The messages in the form that this server accepts. Default: the usual form. */
  messages?: ChatCompletionMessageParam[] | undefined;
}

/** The body of a request. What is not set is not sent, so that the server's own defaults apply. */
export function chatCompletionBody({
  model,
  dialect,
  request,
  slot,
  messages,
}: ChatCompletionBodyOptions): ChatCompletionCreateParamsStreaming {
  const { maxTokens, sampling, format, tools = [] } = request;
  return {
    model,
    messages: messages ?? wireMessages(request.messages),
    stream: true,
    stream_options: { include_usage: true },
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...samplingParams(sampling ?? {}),
    ...(format === undefined ? {} : { response_format: { type: 'json_schema', json_schema: { ...format, strict: true } } }),
    ...(tools.length === 0 ? {} : { tools: toolParams(tools) }),
    ...(dialect === 'llama-server' ? llamaServerParams(sampling ?? {}, slot) : {}),
  };
}

/** As the chat protocol offers them, also where a prompt is counted. */
export function toolParams(tools: readonly ToolDescription[]): ChatCompletionFunctionTool[] {
  return tools.map(({ name, description, parameters }) => ({ type: 'function', function: { name, description, parameters } }));
}

function llamaServerParams({ dryMultiplier, topK, repeatPenalty }: Sampling, slot: number | undefined): Record<string, unknown> {
  return {
    return_progress: true,
    cache_prompt: true,
    ...(dryMultiplier === undefined ? {} : { dry_multiplier: dryMultiplier }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(repeatPenalty === undefined ? {} : { repeat_penalty: repeatPenalty }),
    ...(slot === undefined ? {} : { id_slot: slot }),
  };
}

function samplingParams({ temperature, topP, minP, seed, stop, chatTemplateKwargs }: Sampling): Record<string, unknown> {
  const params = { temperature, top_p: topP, min_p: minP, seed, stop, chat_template_kwargs: chatTemplateKwargs };
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
