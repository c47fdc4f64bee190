import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SpeedCache } from '../../../src/llm/slots/speed-cache.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const speed = { atOnce: 2, read: 100, alone: 10, together: 15 };

it('keeps what was measured, each under its key, and leaves nothing else', async () => {
  const folder = join(temporaryFolder(), 'made', 'when needed');
  const cache = new SpeedCache(folder);
  expect(await cache.get('a')).toBeUndefined();
  await cache.set('a', speed);
  await cache.set('b', { ...speed, together: 30 });
  expect([await cache.get('a'), (await new SpeedCache(folder).get('b'))?.together]).toEqual([speed, 30]);
  expect(readdirSync(folder)).toEqual(['parallel-speeds.json']);
});

it('forgets the oldest before it grows large', async () => {
  const folder = temporaryFolder();
  const cache = new SpeedCache(folder);
  for (let number = 0; number < 60; number += 1) await cache.set(`server ${number}`, speed);
  expect(Object.keys(JSON.parse(readFileSync(join(folder, 'parallel-speeds.json'), 'utf8')) as object)).toHaveLength(50);
  expect([await cache.get('server 9'), await cache.get('server 10')]).toEqual([undefined, speed]);
});

it.each(['', '{"a":', '{"a":{"atOnce":2}}', '[]', '{"a":{"atOnce":2,"read":0,"alone":1,"together":1}}'])(
  'takes %j for nothing, and writes over it',
  async (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'parallel-speeds.json'), text);
    const cache = new SpeedCache(folder);
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', speed);
    expect(await cache.get('a')).toEqual(speed);
  },
);

it('does without where nothing can be written', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const cache = new SpeedCache(file);
  await cache.set('a', speed);
  expect(await cache.get('a')).toBeUndefined();
});
