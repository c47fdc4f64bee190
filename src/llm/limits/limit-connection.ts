import type { Clock } from '../../utils/clock.ts';
import type { ChatModel } from '../chat-model.ts';
import type { ModelConnection } from '../model-connection.ts';
import { LimitedChatModel } from './limited-chat-model.ts';
import { type RateLimits, RateWindow } from './rate-window.ts';

/** The connection with models that keep to what their provider allows in each minute, all of them together. Without limits it is the connection itself. */
export function limitConnection(connection: ModelConnection, provider: string, limits: RateLimits, clock: Clock): ModelConnection {
  if (Object.values(limits).every((limit) => limit === undefined)) return connection;
  const window = new RateWindow(limits);
  const models = new Map<string, ChatModel>();
  return {
    ...connection,
    model: (name = connection.defaultModel) => {
      const known = models.get(name) ?? new LimitedChatModel({ model: connection.model(name), window, provider, clock });
      models.set(name, known);
      return known;
    },
  };
}
