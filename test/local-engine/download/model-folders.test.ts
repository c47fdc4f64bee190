import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOfModel, findLocalModel, hubFolder } from '../../../src/local-engine/download/model-folders.ts';
import { hasQuantisation, parseModelReference } from '../../../src/local-engine/download/model-reference.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function localModel(files: string[], quantisation = 'Q4_K_M'): string | undefined {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), 'GGUF');
  }
  const found = findLocalModel({ repository: 'owner/name', quantisation, cache: join(folder, 'cache'), hub: join(folder, 'hub') });
  return found?.slice(folder.length + 1);
}

describe('a model that is here already', () => {
  it.each<[string, string[], string | undefined]>([
    ['was fetched by this program', ['cache/models/owner/name/a-Q4_K_M.gguf'], 'cache/models/owner/name/a-Q4_K_M.gguf'],
    [
      'was fetched by llama-server',
      ['hub/models--owner--name/snapshots/abc/a-Q4_K_M.gguf'],
      'hub/models--owner--name/snapshots/abc/a-Q4_K_M.gguf',
    ],
    [
      'is divided, and all parts are here',
      ['cache/models/owner/name/a-Q4_K_M-00002-of-00002.gguf', 'cache/models/owner/name/a-Q4_K_M-00001-of-00002.gguf'],
      'cache/models/owner/name/a-Q4_K_M-00001-of-00002.gguf',
    ],
    ['is divided, and a part is missing', ['cache/models/owner/name/a-Q4_K_M-00001-of-00002.gguf'], undefined],
    ['is still on its way', ['cache/models/owner/name/a-Q4_K_M.gguf.part'], undefined],
    ['has another quantisation', ['cache/models/owner/name/a-Q8_0.gguf'], undefined],
    ['belongs to somebody else', ['cache/models/other/name/a-Q4_K_M.gguf'], undefined],
    ['is not here at all', [], undefined],
  ])('and %s', (_, files, expected) => {
    expect(localModel(files)).toBe(expected);
  });

  it('is as large as all its parts', () => {
    const folder = temporaryFolder();
    for (const part of ['1', '2']) writeFileSync(join(folder, `a-0000${part}-of-00002.gguf`), Buffer.alloc(1000));
    expect(bytesOfModel(join(folder, 'a-00001-of-00002.gguf'))).toBe(2000);
  });
});

describe('the folder of llama-server', () => {
  it.each([
    [{ LLAMA_CACHE: '/a', HF_HOME: '/b' }, '/a'],
    [{ HF_HUB_CACHE: '/a', HF_HOME: '/b' }, '/a'],
    [{ HF_HOME: '/b' }, '/b/hub'],
    [{ XDG_CACHE_HOME: '/c' }, '/c/huggingface/hub'],
    [{}, '/home/me/.cache/huggingface/hub'],
  ])('with %j is %s', (environment, folder) => {
    expect(hubFolder(environment, '/home/me')).toBe(folder);
  });
});

describe('what people call a model', () => {
  it.each([
    ['qwen2.5-coder-7b', { kind: 'repository', repository: 'Qwen/Qwen2.5-Coder-7B-Instruct-GGUF', quantisation: 'Q4_K_M' }],
    ['owner/name-GGUF:UD-Q4_K_XL', { kind: 'repository', repository: 'owner/name-GGUF', quantisation: 'UD-Q4_K_XL' }],
    ['owner/name-GGUF', { kind: 'repository', repository: 'owner/name-GGUF', quantisation: 'Q4_K_M' }],
    ['https://example.org/a.gguf', { kind: 'address', address: 'https://example.org/a.gguf' }],
  ])('%s is understood', (text, expected) => {
    expect(parseModelReference(text)).toEqual(expected);
  });

  it.each(['', 'nothing', '../x/y', 'a/b/c', '-x/y', 'a/b:', 'file:///etc/passwd', 'a b/c'])('%j is refused', (text) => {
    expect(() => parseModelReference(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });

  it.each([
    ['a-Q4_K_M.gguf', 'q4_k_m', true],
    ['a-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL', true],
    ['a.Q4_K_M-00001-of-00003.gguf', 'Q4_K_M', true],
    ['gpt-oss-20b-mxfp4.gguf', 'MXFP4', true],
    ['a-IQ4_K_M.gguf', 'Q4_K_M', false],
    ['a-Q4_K_M.gguf.part', 'Q4_K_M', false],
    ['mmproj-a-Q4_K_M.gguf', 'Q4_K_M', false],
  ])('%s at %s: %s', (file, quantisation, expected) => {
    expect(hasQuantisation(file, quantisation)).toBe(expected);
  });
});
