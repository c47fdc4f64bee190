import { join } from 'node:path';
import { pricesFor } from '../config/prices-for.ts';
import type { Settings } from '../config/settings-schema.ts';
import { connectModel } from '../local-engine/connect-model.ts';
import { priceConnection } from '../llm/cost/price-connection.ts';
import { findProvider } from '../llm/providers/provider-registry.ts';
import { limitConnection } from '../llm/limits/limit-connection.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { AgentOrchestratorOptions } from './agent-orchestrator-options.ts';
import { keepingHere } from '../llm/destinations/request-watch.ts';
import type { OpenConnection } from './models/model-connections.ts';
import { requireAddressesHere } from './models/private-connection.ts';
import { connectOptions } from './connect-options.ts';

/** The way to a model, by settings whose default it is and by what a team works with. `names`: models of the same server that are used beside it. @throws ModelError where there is none. */
export async function connectTeam(
  settings: Settings,
  names: readonly string[],
  { connect = connectModel, cacheFolder, onMeasuring, embeddedSlots, onLoading, onNotice }: AgentOrchestratorOptions,
  { clock, logger, signal, beginAt, choosing }: { clock: Clock; logger: Logger } & Parameters<OpenConnection>[2],
): Promise<ModelConnection> {
  const way = connectOptions(settings, names);
  const whole = {
    ...way,
    beginAt,
    choosing,
    cacheFolder,
    slotFolder: cacheFolder === undefined ? undefined : join(cacheFolder, 'slots'),
    onMeasuring,
    embeddedSlots,
    clock,
    signal,
    onLoading,
    onNotice: (text: string) => {
      logger.warn(text);
      onNotice?.(text);
    },
    onEmbeddedLog: (line: string) => logger.debug(line, { from: 'embedded engine' }),
  };
  const { address, servers = address === undefined ? [] : [{ address }] } = way;
  if (settings.private) {
    await requireAddressesHere(
      'The run',
      servers.map((server) => server.address),
    );
  }
  const connection = await (settings.private ? keepingHere('The run', () => connect(whole)) : connect(whole));
  const { llm_provider: name = '', providers } = settings;
  const entry = Object.hasOwn(providers, name) ? providers[name] : undefined;
  const priced = await priceConnection(connection, {
    givenFor: (model) => pricesFor(entry?.prices, model),
    cacheWriteFactor: entry && findProvider(entry.kind, name).cacheWriteFactor,
  });
  const { tokens_per_minute: tokensPerMinute, requests_per_minute: requestsPerMinute, min_interval: interval } = entry ?? {};
  const minIntervalMilliseconds = interval === undefined ? undefined : interval * 1000;
  return limitConnection(priced, name, { tokensPerMinute, requestsPerMinute, minIntervalMilliseconds }, clock);
}
