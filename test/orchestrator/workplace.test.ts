import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Workplace } from '../../src/orchestrator/workplace.ts';
import { MemoryEventStore } from '../support/memory-store/memory-event-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function placeIn(folder: string, options: ConstructorParameters<typeof Workplace>[0] = {}): Workplace {
  const place = new Workplace({ workspace: folder, ...options });
  onTestFinished(() => place.close());
  return place;
}

it.each<[string, string | undefined, (folder: string) => string]>([
  ['by default below the workspace', undefined, (folder) => join(folder, 'output')],
  ['below the workspace', 'results/here', (folder) => join(folder, 'results/here')],
  ['anywhere', '/elsewhere', () => '/elsewhere'],
])('writes results where the settings say: %s', (_, output, expected) => {
  const folder = temporaryFolder();
  const config = output === undefined ? {} : { output_directory: output };
  expect(placeIn(folder, { config }).outputFolder).toBe(expected(folder));
});

it('writes nothing before the journal is used, and then keeps it in the workspace', () => {
  const folder = temporaryFolder();
  const place = placeIn(folder);
  expect(existsSync(join(folder, '.multiagent'))).toBe(false);
  expect(place.store).toBe(place.store);
  expect(existsSync(join(folder, '.multiagent/state.db'))).toBe(true);
});

it.each<[string, ConstructorParameters<typeof Workplace>[0], 'rest' | 'stay']>([
  ['rests, as it can be gone on with later', {}, 'rest'],
  ['is stayed with where nothing of it would be left', { config: { enable_task_persistence: false } }, 'stay'],
  ['rests in a journal of the caller', { config: { enable_task_persistence: false }, store: new MemoryEventStore() }, 'rest'],
])('a run that waits %s', (_, options, expected) => {
  expect(placeIn(temporaryFolder(), options).whileWaiting).toBe(expected);
});

it('closes its own journal, and leaves that of the caller open', async () => {
  const store = new MemoryEventStore();
  let closed = 0;
  store.close = async () => void (closed += 1);
  const place = placeIn(temporaryFolder(), { store });
  expect(place.store).toBe(store);
  await place.close();
  expect(closed).toBe(0);
  const own = placeIn(temporaryFolder());
  const opened = own.store;
  await own.close();
  expect(own.store).not.toBe(opened);
});

it('gives a run the agents that play its roles, and says which there are where nobody does', () => {
  const place = placeIn(temporaryFolder());
  const environment = place.environmentOf({ agents: [] } as never);
  expect(() => environment.agentOf('developer')).toThrow(/developer/);
  expect(environment.packagesFolder).toBeUndefined();
  expect(placeIn(temporaryFolder(), { cacheFolder: '/cache' }).environmentOf({ agents: [] } as never)).toMatchObject({
    packagesFolder: '/cache/packages',
    projectCacheFolder: '/cache/maps',
  });
});
