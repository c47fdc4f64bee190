import { describe, expect, it, test } from 'vitest';
import * as fc from 'fast-check';
import { requestContext } from '../../../src/llm/budget/request-context.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import type { ModelServer } from '../../../src/llm/server/model-server.ts';
import { shareModels } from '../../../src/orchestrator/models/share-models.ts';

function shared(server: Partial<ModelServer>, runs: number, wanted: number | 'auto' = 'auto') {
  const connection = { server, model: () => undefined, close: () => Promise.reject(new Error('closed')) } as unknown as ModelConnection;
  const of = () => ({ chosen: { name: 'm', place: 'default' }, connection, model: 'm' }) as never;
  const models = { main: connection, connections: new Map([['default', connection]]), of, stoodIn: [], add: () => Promise.resolve() };
  return { connection, share: shareModels(models, { runs, wanted }) };
}

describe('the part of a run in the model servers', () => {
  test.each<[what: string, server: Partial<ModelServer>, runs: number, wanted: number | 'auto', slots: number | undefined, context: number | undefined]>([
    ['slots and their context are divided', { engine: 'server', slots: 4, contextTokens: 32_000 }, 2, 'auto', 2, 16_000],
    ['no more are sent than a person wants', { engine: 'server', slots: 8, contextTokens: 32_000 }, 2, 4, 2, 16_000],
    ['each has at least one', { engine: 'server', slots: 3, contextTokens: 30_000 }, 3, 'auto', 1, 10_000],
    ['a server that does not tell has what a person wants', { engine: 'server', contextTokens: 30_000 }, 2, 2, 1, 15_000],
    ['the embedded engine gives each slot a context of its own', { engine: 'embedded', slots: 2, contextTokens: 8000 }, 2, 'auto', 1, 8000],
    ['what is not known stays so', { engine: 'server' }, 2, 'auto', undefined, undefined],
  ])('%s', (_, server, runs, wanted, slots, contextTokens) => {
    expect(shared(server, runs, wanted).share.main.server).toMatchObject({ slots, contextTokens });
  });

  it('is the same connection wherever it is asked for, and closing it leaves that of the others open', async () => {
    const { share, connection } = shared({ engine: 'server', slots: 2 }, 2);
    expect(share.connections.get('default')).toBe(share.main);
    expect(share.of({ role: 'r', taskType: 't' }).connection).toBe(share.main);
    await expect(share.main.close()).resolves.toBeUndefined();
    await expect(connection.close()).rejects.toThrow('closed');
  });

  it('never lets the requests of all runs together hold more than the slots do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 2, max: 8 }), (slots, wanted, runs) => {
        fc.pre(runs <= Math.min(slots, wanted));
        const contextTokens = 64_000;
        const part = shared({ engine: 'server', slots, contextTokens }, runs, wanted).share.main;
        const atOnce = part.server.slots ?? 0;
        expect(atOnce * runs).toBeLessThanOrEqual(Math.min(slots, wanted));
        expect((requestContext(part, atOnce) ?? Infinity) * atOnce * runs).toBeLessThanOrEqual(contextTokens);
      }),
    );
  });
});
