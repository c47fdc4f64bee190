import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChatResponses } from './chat-responses.ts';
import { type ChatCompletionRequest, parseChatRequest } from './chat-request.ts';
import type { Engine } from './engine.ts';
import type { ReplyEvent } from './generate-reply.ts';
import { EventStream, readJson, sendJson } from './json-http.ts';
import type { Prompt } from './prompt.ts';
import { toServerError } from './server-error.ts';

export interface RouteContext {
  engine: Engine;
  request: IncomingMessage;
  response: ServerResponse;
  /** Receives what the client is not told. */
  log: (line: string) => void;
}

interface Answer {
  prompt: Prompt;
  chat: ChatCompletionRequest;
  responses: ChatResponses;
  response: ServerResponse;
  events: AsyncIterable<ReplyEvent>;
}

/**
 * `POST /v1/chat/completions`. When the client disconnects, the work for it stops.
 * @throws ServerError before the first byte of an answer; later failures end the stream with an error event.
 */
export async function answerChat({ engine, request, response, log }: RouteContext): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('The client closed the connection.')));
  const chat = parseChatRequest(await readJson(request));
  const prompt = engine.prompt(chat.messages, chat.templateVariables);
  engine.checkFits(prompt);
  const responses = new ChatResponses(engine);
  const events = engine.reply(prompt, chat, gone.signal);
  try {
    await (chat.stream ? sendStream : sendWhole)({ prompt, chat, responses, response, events });
  } catch (error) {
    if (gone.signal.aborted) return;
    if (!response.headersSent) throw error;
    log(`a reply broke off: ${String(error)}`);
    const stream = new EventStream(response);
    stream.send(toServerError(error).toBody());
    stream.end();
  }
}

async function sendWhole({ prompt, responses, response, events }: Answer): Promise<void> {
  let text = prompt.prefill;
  for await (const event of events) {
    if (event.type === 'progress') continue;
    text += event.text;
    if (event.type === 'end') sendJson(response, 200, responses.whole({ text, finishReason: event.finishReason, timings: event.timings }));
  }
}

async function sendStream({ prompt, chat, responses, response, events }: Answer): Promise<void> {
  const stream = new EventStream(response);
  // The text that a reply continues is returned at the beginning of its first chunk, as llama-server does.
  let first: { prefill: string } | undefined = { prefill: prompt.prefill };
  for await (const event of events) {
    if (event.type === 'progress') {
      if (chat.returnProgress) stream.send(responses.progress(event));
      continue;
    }
    if (first !== undefined) stream.send(responses.role());
    const text = (first?.prefill ?? '') + event.text;
    first = undefined;
    if (text !== '') stream.send(responses.text(text));
    if (event.type === 'token') continue;
    stream.send(responses.finish(event.finishReason, chat.includeUsage ? undefined : event.timings));
    if (chat.includeUsage) stream.send(responses.usage(event.timings));
    stream.send('[DONE]');
    stream.end();
  }
}
