import type { ChatCompletionCreateParamsStreaming, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { chatMessageText } from './chat-message-text.ts';
import type { ChatMessage, ChatRequest } from './chat-model.ts';
import type { ModelServer } from './model-server.ts';

export interface ChatCompletionBodyOptions {
  model: string;
  dialect: ModelServer['dialect'];
  request: ChatRequest;
}

/** What is posted for a request. What is not set is not sent, so that the server's own defaults hold. */
export function chatCompletionBody({ model, dialect, request }: ChatCompletionBodyOptions): ChatCompletionCreateParamsStreaming {
  const { messages, maxTokens, sampling } = request;
  return {
    model,
    messages: messages.map(toMessageParam),
    stream: true,
    stream_options: { include_usage: true },
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(sampling?.temperature === undefined ? {} : { temperature: sampling.temperature }),
    ...(sampling?.topP === undefined ? {} : { top_p: sampling.topP }),
    ...(sampling?.seed === undefined ? {} : { seed: sampling.seed }),
    ...(sampling?.stop === undefined ? {} : { stop: sampling.stop }),
    ...(sampling?.minP === undefined ? {} : { min_p: sampling.minP }),
    ...(dialect === 'llama-server' ? { return_progress: true, cache_prompt: true } : {}),
  };
}

/** Only text goes back to the model: reasoning of earlier turns is left out. */
export function toMessageParam(message: ChatMessage): ChatCompletionMessageParam {
  return { role: message.role, content: chatMessageText(message) };
}
