import { connectServer } from '../llm/connect-server.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import { type ConnectOptions, usesEmbeddedEngine } from './connect-options.ts';

/**
 * Connects to a provider or a server, or starts the embedded engine and connects to it.
 * @throws ModelError or MultiagentError that says what to start or to change.
 */
export function connectModel(options: ConnectOptions): Promise<ModelConnection> {
  const { provider } = options;
  if (provider !== undefined) return connectProvider(provider, options);
  return usesEmbeddedEngine(options) ? connectEmbedded(options) : connectServer({ ...options, engine: 'server' });
}

async function connectProvider(
  { kind, ...provider }: NonNullable<ConnectOptions['provider']>,
  options: ConnectOptions,
): Promise<ModelConnection> {
  const { findProvider } = await import('../llm/providers/provider-registry.ts');
  return findProvider(kind, provider.name).connect({ ...options, ...provider });
}

async function connectEmbedded(options: ConnectOptions): Promise<ModelConnection> {
  const { startEmbeddedServer } = await import('./embedded/start-embedded-server.ts');
  const { modelFile, embeddedSlots, signal, onEmbeddedLog, onNotice } = options;
  const embedded = await startEmbeddedServer({ modelFile, parallel: embeddedSlots, signal, onLog: onEmbeddedLog, onDeath: onNotice });
  try {
    // The engine serves its one model, even if the settings name another one for a server.
    const connection = await connectServer({
      ...options,
      engine: 'embedded',
      servers: undefined,
      address: embedded.address,
      model: undefined,
    });
    return {
      ...connection,
      async close() {
        await connection.close();
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}
