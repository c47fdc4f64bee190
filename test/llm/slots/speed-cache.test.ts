import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SpeedCache } from '../../../src/llm/slots/speed-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const speed = { atOnce: 2, read: 100, alone: 10, together: 15 };

it('keeps what was measured, each under its key, and leaves nothing else', async () => {
  const folder = join(temporaryFolder(), 'made', 'when needed');
  const cache = new SpeedCache(folder);
  expect(await cache.get('a', 0)).toBeUndefined();
  await cache.set('a', speed);
  await cache.set('b', { ...speed, together: 30 });
  expect([await cache.get('a', 0), await new SpeedCache(folder).get('b', 0)]).toEqual([speed, { ...speed, together: 30 }]);
  expect(readdirSync(folder)).toEqual(['parallel-speeds.json']);
});

it('forgets the oldest before it grows large', async () => {
  const folder = temporaryFolder();
  const cache = new SpeedCache(folder);
  for (let number = 0; number < 60; number += 1) await cache.set(`server ${number}`, speed);
  expect(Object.keys(JSON.parse(readFileSync(join(folder, 'parallel-speeds.json'), 'utf8')) as object)).toHaveLength(50);
  expect([await cache.get('server 9', 0), await cache.get('server 10', 0)]).toEqual([undefined, speed]);
});

it.each(['', '{"a":', '{"a":{"atOnce":2}}', '[]', '{"a":{"atOnce":2,"read":0,"alone":1,"together":1}}'])(
  'takes %j for nothing, and writes over it',
  async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'parallel-speeds.json'), text);
    const cache = new SpeedCache(folder);
    expect(await cache.get('a', 0)).toBeUndefined();
    await cache.set('a', speed);
    expect(await cache.get('a', 0)).toEqual(speed);
  },
);

it('does without where nothing can be written', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const cache = new SpeedCache(file);
  await cache.set('a', speed);
  expect(await cache.get('a', 0)).toBeUndefined();
});

it('keeps that a machine was too slow only until it is to be tried again', async () => {
  const cache = new SpeedCache(temporaryFolder());
  await cache.set('a', { tooSlowUntil: 1000 });
  expect([await cache.get('a', 999), await cache.get('a', 1000)]).toEqual(['too_slow', undefined]);
});
