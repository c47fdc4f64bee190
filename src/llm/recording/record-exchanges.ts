import { redactSecrets, redacted } from '../../utils/redact-secrets.ts';
import type { ChatModel, ChatRequest, ChatStreamPart } from '../chat-model.ts';
import type { Recording } from './create-recording.ts';
import type { ModelConnection } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from '../server/model-server.ts';
import { messagesDigest, recordedRequest } from './recorded-request.ts';
import type { ExchangeLine, ServerLine } from './recording-lines.ts';
import { withoutCredentials } from '../server/require-local-address.ts';

export interface RecordExchangesOptions {
  connection: ModelConnection;
  recording: Recording;
  /** Values that are never written. */
  secrets?: readonly string[] | undefined;
  /** How many tasks run at once, for the replay. */
  tasksAtOnce?: ServerLine['tasksAtOnce'];
}

/**
 * The same connection, but every exchange is written down before its end is passed on. In requests whatever looks like a secret is masked; in replies only
 * `secrets`, because the files of a replay come from them. An aborted exchange is not written. If the caller left an exchange before its end, what it had read
 * is written.
 * @throws MultiagentError `recording.unwritable`, here and in each call.
 */
export async function recordExchanges(options: RecordExchangesOptions): Promise<ModelConnection> {
  const { connection, recording, secrets = [], tasksAtOnce } = options;
  const { server, servers, defaultModel } = connection;
  const described = (each: ModelServer) => ({ ...each, address: withoutCredentials(each.address) });
  const several = servers === undefined ? {} : { servers: servers.map(described) };
  const first = { type: 'server', version: 1, defaultModel, server: described(server), ...several, tasksAtOnce } as const;
  await recording.write(redactSecrets(first, { secrets }) as ServerLine);
  // Measurements differ from day to day, and a replay measures nothing: so neither uses them.
  return { ...connection, slots: undefined, model: (name) => recorded(connection.model(name), recording, secrets) };
}

function recorded(model: ChatModel, recording: Recording, secrets: readonly string[]): ChatModel {
  const optional: Pick<ChatModel, 'held' | 'prepare'> = {
    ...(model.held === undefined ? {} : { held: (messages) => model.held?.(messages) ?? 0 }),
    ...(model.prepare === undefined
      ? {}
      : { prepare: async (options) => (await model.prepare?.(options)) ?? { usage: {}, copies: 'none' } }),
  };
  return {
    name: model.name,
    get capabilities() {
      return model.capabilities;
    },
    ...optional,
    stream: (request) => recordedStream({ model, request, recording, secrets }),
    async countTokens(messages, options) {
      const tokens = await model.countTokens(messages, options);
      const digest = messagesDigest(messages, secrets);
      await recording.write({ type: 'count', model: model.name, messages: digest, tokens: tokens ?? null });
      return tokens;
    },
  };
}

interface RecordedStreamOptions {
  model: ChatModel;
  request: ChatRequest;
  recording: Recording;
  secrets: readonly string[];
}

async function* recordedStream({ model, request, recording, secrets }: RecordedStreamOptions): AsyncGenerator<ChatStreamPart> {
  const parts: RecordedPart[] = [];
  let state: 'open' | 'written' = 'open';
  const write = (error?: ExchangeLine['error']) => {
    const kept = maskedParts(parts, secrets);
    const asked = recordedRequest({ model: model.name, request, secrets });
    state = 'written';
    return recording.write({ type: 'exchange', request: asked, parts: kept, error });
  };
  try {
    for await (const part of model.stream(request)) {
      if (isOfRun(part)) {
        yield part;
        continue;
      }
      parts.push(part);
      // Written first: after the end the caller asks for no more.
      if (part.type === 'end') await write();
      yield part;
    }
  } catch (error) {
    if (error instanceof ModelError) {
      const { kind, code, message, hint, retryAfter, overflow, elsewhere } = error;
      await write(redactSecrets({ kind, code, message, hint, retryAfter, overflow, elsewhere }, { secrets }) as ExchangeLine['error']);
    }
    state = 'written';
    throw error;
  } finally {
    // The caller had read enough and left before the end. It will leave the replay at the same place.
    if (state === 'open' && request.signal?.aborted !== true) await write();
  }
}

type OfRun = Extract<ChatStreamPart, { type: 'priced' | 'waits_for_budget' | 'broken_off' }>;
/** What a model says, without what is found out of its cost on the way. */
type RecordedPart = Exclude<ChatStreamPart, OfRun>;

function isOfRun(part: ChatStreamPart): part is OfRun {
  const { type } = part;
  return type === 'priced' || type === 'waits_for_budget' || type === 'broken_off';
}

/** Pieces stay as they arrived unless they contain a secret, perhaps cut in two. Then all of the text becomes one piece. */
function maskedParts(parts: readonly RecordedPart[], secrets: readonly string[]): RecordedPart[] {
  let masked = [...parts];
  for (const type of ['text', 'reasoning'] as const) {
    const whole = masked.map((part) => (part.type === type ? part.text : '')).join('');
    const clean = withoutSecrets(whole, secrets);
    if (clean === whole) continue;
    const place = masked.findIndex((part) => part.type === type);
    masked = masked.flatMap((part, index) => (index === place ? [{ type, text: clean }] : part.type === type ? [] : [part]));
  }
  return masked;
}

/** Finds them only by their exact text. As in `redactSecrets`, those of fewer than four characters are ignored. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.filter(({ length }) => length >= 4).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, redacted), text);
}
