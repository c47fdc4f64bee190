import { isDeepStrictEqual } from 'node:util';
import type { ChatMessage, ChatModel, ChatRequest, ChatStreamPart } from '../chat-model.ts';
import { chatMessageText } from '../chat/chat-message-text.ts';
import { tellSending } from '../destinations/request-watch.ts';
import type { ModelConnection } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import type { RecordedConversation } from './read-recording.ts';
import { messagesDigest, recordedRequest } from './recorded-request.ts';
import type { ExchangeLine, RecordedRequest } from './recording-lines.ts';
import { requestDifference } from './request-difference.ts';

export interface ReplayExchangesOptions {
  conversation: RecordedConversation;
  /** Those that were masked in the recording. */
  secrets?: readonly string[] | undefined;
}

/**
 * A connection without a server. Each request gets the answer recorded for it, each recorded answer once, including errors. A prompt that was not counted then
 * is not counted now.
 */
export function replayExchanges({ conversation, secrets = [] }: ReplayExchangesOptions): ModelConnection {
  const { server, servers, defaultModel } = conversation.server;
  const release = server.release === undefined ? 'replayed' : `${server.release} (replayed)`;
  const replay: Replay = { conversation, secrets, used: new Set() };
  return {
    server: { ...server, release },
    servers,
    defaultModel,
    model: (name = defaultModel) => replayedModel(replay, name),
    // What was paid for it was paid when it was recorded.
    priceOf: () => ({ kind: 'free' }),
    close: () => Promise.resolve(),
  };
}

interface Replay {
  conversation: RecordedConversation;
  secrets: readonly string[];
  /** The exchanges that have been used. */
  used: Set<ExchangeLine>;
}

function replayedModel(replay: Replay, name: string): ChatModel {
  const { conversation, secrets } = replay;
  return {
    name,
    capabilities: conversation.server.server.capabilities,
    stream: (request) => replayedStream(replay, name, request),
    async countTokens(messages) {
      const digest = messagesDigest(messages, secrets);
      return conversation.counts.find((count) => count.model === name && count.messages === digest)?.tokens ?? undefined;
    },
  };
}

async function* replayedStream(
  { conversation, secrets, used }: Replay,
  model: string,
  request: ChatRequest,
): AsyncGenerator<ChatStreamPart> {
  const { signal } = request;
  signal?.throwIfAborted();
  await tellSending({ host: 'a recording', where: 'this_machine', bytes: Buffer.byteLength(JSON.stringify(request.messages)) });
  const asked = recordedRequest({ model, request, secrets });
  const same = conversation.exchanges.filter((exchange) => isDeepStrictEqual(exchange.request, asked));
  const exchange = same.find((candidate) => !used.has(candidate));
  if (exchange === undefined) throw same.length > 0 ? usedUp(asked, same.length) : notRecorded(asked, conversation.exchanges, used);
  used.add(exchange);
  for (const part of exchange.parts) {
    signal?.throwIfAborted();
    yield part;
  }
  if (exchange.error !== undefined) throw new ModelError(exchange.error);
}

function usedUp(asked: RecordedRequest, times: number): ModelError {
  const often = times === 1 ? 'once' : `${times} times`;
  return refusal(`The recording holds this request of the task "${taskOf(asked)}" ${often}, and it was asked once more.`);
}

function notRecorded(asked: RecordedRequest, exchanges: readonly ExchangeLine[], used: ReadonlySet<ExchangeLine>): ModelError {
  const task = taskOf(asked);
  const ofTask = exchanges.filter(({ request }) => taskOf(request) === task);
  const nearest = ofTask.find((exchange) => !used.has(exchange)) ?? ofTask[0];
  const beginning = `A request of the task "${task}" is not in the recording`;
  if (nearest === undefined) {
    const known = [...new Set(exchanges.map(({ request }) => taskOf(request)))].join(', ');
    return refusal(`${beginning}, which holds ${known === '' ? 'no request' : `the tasks ${known}`}.`);
  }
  return refusal(`${beginning}; the first difference: ${requestDifference(nearest.request, asked)}.`);
}

function refusal(message: string): ModelError {
  return new ModelError({
    kind: 'configuration',
    code: 'replay.not_recorded',
    message,
    hint: 'Replay with the workflow, requirement, files and settings of the recorded run, or record it anew with --record.',
  });
}

/** The task that a request is for: the heading of the last step in it that the team asked for. */
function taskOf({ messages }: { messages: ChatMessage[] }): string {
  const headings = messages
    .filter(({ role }) => role === 'user')
    .flatMap((message) => [...chatMessageText(message).matchAll(/^# Step \d+ of \d+: (\S+)/gm)]);
  return headings.at(-1)?.[1] ?? 'unknown';
}
