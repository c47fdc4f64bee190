import { describe, expect, it } from 'vitest';
import { connectModel } from '../../src/local-engine/connect-model.ts';
import type { ConnectOptions } from '../../src/local-engine/connect-options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';

const connect = (options: Partial<ConnectOptions>) =>
  connectModel({ engine: 'auto', remote: 'refused', timeoutMilliseconds: 60_000, clock: instantClock(), ...options });

describe('connectModel', () => {
  it.each<Partial<ConnectOptions>>([{}, { engine: 'server' }])(
    'takes a given address although a model file is named: %o',
    async (options) => {
      await using server = await startFakeLlamaServer();
      const connection = await connect({ address: server.address, modelFile: 'missing.gguf', ...options });
      expect(connection.server).toMatchObject({ address: server.address, engine: 'server' });
    },
  );

  it.each<Partial<ConnectOptions>>([{ engine: 'embedded' }, { engine: 'auto' }])(
    'starts the engine for a model file: %o',
    async (options) => {
      await expect(connect({ modelFile: '/nowhere/missing.gguf', ...options })).rejects.toMatchObject({ code: 'embedded.model_missing' });
    },
  );

  it('starts the engine although an address is given, where the engine is asked for', async () => {
    await using server = await startFakeLlamaServer();
    const options = { engine: 'embedded', address: server.address, modelFile: '/nowhere/missing.gguf' } as const;
    await expect(connect(options)).rejects.toMatchObject({ code: 'embedded.model_missing' });
  });
});
