import { noServerFound, serverStillLoading } from '../server/find-model-server.ts';
import type { ConnectServerOptions } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import type { ModelServer } from '../server/model-server.ts';
import type { ProbeResult } from '../server/probe-model-server.ts';
import { withoutCredentials } from '../server/require-local-address.ts';
import type { PooledServer } from './pooled-server.ts';
import type { PoolNeeds } from './pool-needs.ts';

export interface AwaitServersOptions extends Pick<
  ConnectServerOptions,
  'model' | 'roleModels' | 'clock' | 'signal' | 'loadingTimeoutMilliseconds' | 'onLoading'
> {
  members: readonly PooledServer[];
  /** Its models are filled in when the first server answers. */
  needs: PoolNeeds;
}

/**
 * The servers that are ready and have what is needed, at least one. Waits as long as there is none and one is loading. Reports why the others are not used.
 * @throws ModelError as `findModelServer`; `model.not_found` if none of those that answer has the model.
 */
export async function awaitServers(options: AwaitServersOptions): Promise<ModelServer[]> {
  const { members, needs, clock, signal = new AbortController().signal, model, roleModels = [] } = options;
  const began = clock.now();
  const waitUntil = began + (options.loadingTimeoutMilliseconds ?? 300_000);
  for (;;) {
    const results = await Promise.all(members.map((server) => server.probe(signal)));
    const ready = results.flatMap((result) => (result.state === 'ready' ? [result.server] : []));
    // Until the first one answers, nobody can say which ones are fit.
    if (ready[0] !== undefined) needs.models = [...new Set([model ?? ready[0].models[0] ?? 'default', ...roleModels])];
    for (const [index, result] of results.entries()) if (result.state === 'ready') members[index]?.adopt(result.server);
    const used = members.flatMap(({ state, server }) => (state === 'up' && server !== undefined ? [server] : []));
    if (used.length > 0) {
      for (const [index, result] of results.entries()) if (result.state !== 'ready') members[index]?.notUsed(absence(result));
      return used;
    }
    const loading = results.find(({ state }) => state === 'loading');
    if (loading?.state !== 'loading') throw ready.length === 0 ? noneReady(results) : noneHasModel(ready, needs.models[0] ?? '');
    if (clock.now() >= waitUntil) throw serverStillLoading(loading.address);
    options.onLoading?.(loading.address, clock.now() - began);
    await clock.sleep(1000, signal);
  }
}

function absence(result: Exclude<ProbeResult, { state: 'ready' }>): string {
  if (result.state === 'loading') return 'it is still loading its model. It will be used when it answers';
  return result.state === 'absent' ? `${result.reason}. It will be used when it answers` : 'it refuses the key it was given';
}

function noneReady(results: ProbeResult[]): ModelError {
  const refused = results.find((result) => result.state === 'refused');
  const absent = results.flatMap((result) =>
    result.state === 'absent' ? [`${withoutCredentials(result.address)}: ${result.reason}`] : [],
  );
  return refused?.error ?? noServerFound(absent);
}

function noneHasModel(servers: readonly ModelServer[], model: string): ModelError {
  const offers = servers.map(({ address, models }) => `${withoutCredentials(address)} has ${models.join(', ')}`);
  return new ModelError({
    kind: 'configuration',
    code: 'model.not_found',
    message: `None of the model servers that answer has the model "${model}" (${offers.join('; ')}).`,
    hint: 'Name a model that they have with --model or llm_model. A llama-server takes its name from --alias.',
  });
}
