import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import type { ListedModel } from '../../../src/llm/server/listed-models.ts';
import type { ModelServer } from '../../../src/llm/server/model-server.ts';

/** What a server lists of a model, if it is not plain. */
export const listedModel = (name: string, rest: Partial<ListedModel> = {}): ListedModel => ({
  name,
  kind: 'unknown',
  loaded: undefined,
  size: undefined,
  contextTokens: undefined,
  ...rest,
});

/** A connection to a server with these models, as far as it tells of itself. */
export function connectionOf(models: readonly (string | ListedModel)[], server: Partial<ModelServer> = {}): ModelConnection {
  const listed = models.map((model) => (typeof model === 'string' ? listedModel(model) : model));
  const names = listed.map(({ name }) => name);
  const whole = { address: 'http://127.0.0.1:1/v1', engine: 'server', models: names, ...(names.length > 1 ? { listed } : {}), ...server };
  return { server: whole, defaultModel: names[0] ?? 'default' } as unknown as ModelConnection;
}
