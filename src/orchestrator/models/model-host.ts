import type { ModelConnection } from '../../llm/model-connection.ts';
import type { ModelHost } from '../../llm/routing/model-changes.ts';

/** What the server of a connection does with its models. A service holds them all. One that does not tell how many it holds is taken to hold as many as it holds now, or one. */
export function hostOf({ server }: ModelConnection): ModelHost {
  if (server.hosted !== undefined) return { atOnce: Infinity, loaded: [] };
  const loaded = (server.listed ?? []).filter((model) => model.loaded).map(({ name }) => name);
  return { atOnce: server.modelsAtOnce ?? Math.max(1, loaded.length), loaded };
}

/** The same for all connections of a run, by place. */
export function hostsOf(connections: ReadonlyMap<string, ModelConnection>): Map<string, ModelHost> {
  return new Map([...connections].map(([place, connection]) => [place, hostOf(connection)]));
}
