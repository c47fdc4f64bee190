import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OwnRuns, type VouchedRun } from '../../../src/state/origin/own-runs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const begun: VouchedRun = {
  run: '20261121-093015042-k3f9',
  input: { requirement: 'Build it.', files: [] },
  output: 'output',
  settings: { llm_base_url: 'http://127.0.0.1:8080/v1' },
};

it('a run that was begun here is known, and one that says otherwise by now where it writes or sends is another one', async () => {
  const runs = new OwnRuns(join(temporaryFolder(), 'deep', 'state'));
  expect(await runs.originOf(begun)).toBe('foreign');
  await runs.keep(begun, 'own');
  expect(await runs.originOf(structuredClone(begun))).toBe('own');
  const changed: Partial<VouchedRun>[] = [
    { run: '20261121-093015042-k3fa' },
    { output: '../elsewhere' },
    { input: { requirement: 'Build something else.', files: [] } },
    { settings: { llm_base_url: 'http://elsewhere.example/v1' } },
    { settings: { ...begun.settings, model_file: '/elsewhere/m.gguf' } },
    { settings: undefined },
  ];
  for (const change of changed) expect(await runs.originOf({ ...begun, ...change })).toBe('foreign');
});

it('a run that was begun in private, or has private steps, is another one where it does not say so any more', async () => {
  const runs = new OwnRuns(temporaryFolder());
  const definition = { name: 'house', steps: [{ id: 'kept', private: true }, { id: 'open' }] };
  const inPrivate = { ...begun, settings: { ...begun.settings, private: true } };
  await runs.keep(inPrivate, 'own');
  await runs.keep({ ...begun, run: 'of private steps', definition }, 'own');
  expect(await runs.originOf(inPrivate)).toBe('own');
  expect(await runs.originOf(begun)).toBe('foreign');
  expect(await runs.originOf({ ...begun, run: 'of private steps', definition })).toBe('own');
  for (const steps of [
    [{ id: 'kept' }, { id: 'open' }],
    [{ id: 'kept' }, { id: 'open', private: true }],
  ])
    expect(await runs.originOf({ ...begun, run: 'of private steps', definition: { ...definition, steps } })).toBe('foreign');
  await runs.keep(begun, 'own');
  expect(await runs.originOf({ ...begun, definition: { steps: [{ id: 'open' }] } })).toBe('own');
});

it('one that a person trusts stays one that was begun elsewhere', async () => {
  const runs = new OwnRuns(temporaryFolder());
  await runs.keep(begun, 'trusted');
  expect(await runs.originOf(begun)).toBe('trusted');
});

it('nobody else reads the list, and one that is damaged vouches for nothing but what it still says', async () => {
  const folder = temporaryFolder();
  const runs = new OwnRuns(folder);
  await runs.keep(begun, 'own');
  const file = join(folder, 'own-runs');
  expect(process.platform === 'win32' ? 0 : statSync(file).mode & 0o077).toBe(0);
  writeFileSync(file, `nonsense\n${readFileSync(file, 'utf8')}\u0000\n`);
  expect(await runs.originOf(begun)).toBe('own');
  writeFileSync(file, readFileSync(file, 'utf8').replace(' own', ' ow'));
  expect(await runs.originOf(begun)).toBe('foreign');
});
