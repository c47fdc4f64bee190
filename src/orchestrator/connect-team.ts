import { join } from 'node:path';
import type { Settings } from '../config/settings-schema.ts';
import { connectModel } from '../local-engine/connect-model.ts';
import { limitConnection } from '../llm/limits/limit-connection.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import type { Clock } from '../utils/clock.ts';
import type { Logger } from '../utils/logger.ts';
import type { AgentOrchestratorOptions } from './agent-orchestrator-options.ts';
import { connectOptions } from './connect-options.ts';

/** The way to a model, by settings whose default it is and by what a team works with. `names`: models of the same server that are used beside it. @throws ModelError where there is none. */
export async function connectTeam(
  settings: Settings,
  names: readonly string[],
  { connect = connectModel, cacheFolder, onMeasuring, embeddedSlots, onLoading, onNotice }: AgentOrchestratorOptions,
  { clock, logger, signal, beginAt }: { clock: Clock; logger: Logger; signal?: AbortSignal | undefined; beginAt?: string | undefined },
): Promise<ModelConnection> {
  const connection = await connect({
    ...connectOptions(settings, names),
    beginAt,
    cacheFolder,
    slotFolder: cacheFolder === undefined ? undefined : join(cacheFolder, 'slots'),
    onMeasuring,
    embeddedSlots,
    clock,
    signal,
    onLoading,
    onNotice: (text) => {
      logger.warn(text);
      onNotice?.(text);
    },
    onEmbeddedLog: (line) => logger.debug(line, { from: 'embedded engine' }),
  });
  const { llm_provider: name = '', providers } = settings;
  const { tokens_per_minute: tokensPerMinute, requests_per_minute: requestsPerMinute, min_interval: interval } = providers[name] ?? {};
  const minIntervalMilliseconds = interval === undefined ? undefined : interval * 1000;
  return limitConnection(connection, name, { tokensPerMinute, requestsPerMinute, minIntervalMilliseconds }, clock);
}
