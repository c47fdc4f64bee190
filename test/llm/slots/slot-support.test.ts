import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { ModelServer } from '../../../src/llm/server/model-server.ts';
import type { GenerateOptions } from '../../../src/llm/slots/slot-requests.ts';
import { SlotSupport } from '../../../src/llm/slots/slot-support.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const server: ModelServer = {
  address: 'http://127.0.0.1:8080/v1',
  engine: 'server',
  models: ['m'],
  contextTokens: 32_768,
  slots: 2,
  release: 'b1',
  dialect: 'llama-server',
  capabilities: { countsTokens: true, continuesReplies: true },
};
const { signal } = new AbortController();
const aDay = 24 * 60 * 60 * 1000;

/** What measures a server, and how often the server was asked to write something. */
function support(cacheFolder: string, clock: ReturnType<typeof instantClock>, generate: (options: GenerateOptions) => Promise<never>) {
  const asked: GenerateOptions[] = [];
  const slots = new SlotSupport({
    server,
    model: 'm',
    keeper: { canFork: () => Promise.resolve(false) },
    requests: {
      generate: (options) => {
        asked.push(options);
        return generate(options);
      },
      idle: () => Promise.resolve([]),
    },
    cacheFolder,
    clock,
    patienceMilliseconds: 20,
  });
  return { slots, asked };
}

const neverEnds = async ({ signal: over }: GenerateOptions): Promise<never> => {
  if (!over.aborted) await once(over, 'abort');
  throw over.reason as Error;
};

it('does not have every run wait for a machine that is too slow to be measured: it is left alone for a day', async () => {
  const [folder, clock] = [temporaryFolder(), instantClock()];
  const first = support(folder, clock, neverEnds);
  expect(await first.slots.speed(2, signal)).toBeUndefined();
  expect(await first.slots.speed(2, signal)).toBeUndefined();
  const next = support(folder, clock, neverEnds);
  expect(await next.slots.speed(2, signal)).toBeUndefined();
  expect([first.asked.length, next.asked.length]).toEqual([1, 0]);
  await clock.sleep(aDay);
  const later = support(folder, clock, neverEnds);
  expect(await later.slots.speed(2, signal)).toBeUndefined();
  expect(later.asked).toHaveLength(1);
});

it('tries again at once where a measurement failed for another reason, or was broken off', async () => {
  const [folder, clock] = [temporaryFolder(), instantClock()];
  const failing = support(folder, clock, () => Promise.reject(new Error('the server is gone')));
  expect(await failing.slots.speed(2, signal)).toBeUndefined();
  const stopped = support(folder, clock, neverEnds);
  await expect(stopped.slots.speed(2, AbortSignal.abort(new Error('Ctrl-C')))).rejects.toThrow('Ctrl-C');
  const again = support(folder, clock, () => Promise.reject(new Error('the server is gone')));
  await again.slots.speed(2, signal);
  expect(again.asked).toHaveLength(1);
});
