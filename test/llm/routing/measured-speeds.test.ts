import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MeasuredSpeeds } from '../../../src/llm/routing/measured-speeds.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const of = (model: string) => ({ address: 'http://127.0.0.1:1/v1', model });

describe('what was measured of models', () => {
  it('is known the next time, and later figures replace earlier ones one by one', async () => {
    const folder = join(temporaryFolder(), 'new');
    await new MeasuredSpeeds(folder).add([{ ...of('a'), read: 100, load: 20 }]);
    await new MeasuredSpeeds(folder).add([
      { ...of('a'), read: 120, write: 9 },
      { ...of('b'), write: 3 },
    ]);
    const known = await new MeasuredSpeeds(folder).known();
    expect([known(of('a')), known(of('b')), known(of('c')), known({ ...of('a'), address: 'http://127.0.0.1:2/v1' })]).toEqual([
      { read: 120, write: 9, load: 20 },
      { write: 3 },
      undefined,
      undefined,
    ]);
    expect(readdirSync(folder)).toEqual(['model-speeds.json']);
  });

  it.each(['{', '[]', '{"a":{"read":-1}}', '{"a":{"read":"fast"}}'])('is nothing where the file holds %s', async (text) => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'model-speeds.json'), text);
    expect((await new MeasuredSpeeds(folder).known())(of('a'))).toBeUndefined();
  });

  it('is forgotten where the folder cannot be written, without an error', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), '');
    const speeds = new MeasuredSpeeds(join(folder, 'file'));
    await speeds.add([{ ...of('a'), read: 1 }]);
    expect((await speeds.known())(of('a'))).toBeUndefined();
  });

  it('is kept for two hundred models, the newest', async () => {
    const folder = temporaryFolder();
    const speeds = new MeasuredSpeeds(folder);
    await speeds.add(Array.from({ length: 201 }, (_, index) => ({ ...of(`m${index}`), read: 1 })));
    const known = await speeds.known();
    expect([known(of('m0')), known(of('m1')), known(of('m200'))]).toEqual([undefined, { read: 1 }, { read: 1 }]);
  });
});
