import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGgufHeader } from '../../../src/local-engine/machine/gguf-header.ts';
import { MultiagentError } from '../../../src/utils/multiagent-error.ts';
import { quantisedModel } from '../../../scripts/quantised-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { ggufBytes, type GgufValues } from './gguf-file.ts';

const tiny = join(import.meta.dirname, '../../../models/tiny-team.gguf');

function fileOf(bytes: Uint8Array): string {
  const file = join(temporaryFolder(), 'model.gguf');
  writeFileSync(file, bytes);
  return file;
}

const plain: GgufValues = {
  'general.architecture': 'llama',
  'general.name': 'A model',
  'llama.block_count': 4,
  'llama.embedding_length': 256,
  'llama.attention.head_count': 8,
  'llama.attention.head_count_kv': 2,
  'llama.context_length': 4096,
};

describe('the description in a model file', () => {
  it('of the bundled model is read', async () => {
    expect(await readGgufHeader(tiny)).toEqual({
      name: 'tiny-team',
      layers: 6,
      trainedContext: 8192,
      cacheBytesPerToken: 6 * 6 * 2 * 32 * 2,
      chatTemplate: 'present',
    });
  });

  it('of the model that servers are tried out with is read, and the file is what its script writes', async () => {
    const noise = join(import.meta.dirname, '../../../models/quantised-noise.gguf');
    expect(await readGgufHeader(noise)).toMatchObject({ layers: 1, trainedContext: 512, chatTemplate: 'absent' });
    expect(readFileSync(noise).equals(quantisedModel())).toBe(true);
  });

  it.each<[string, GgufValues, object]>([
    ['heads of the usual size', {}, { cacheBytesPerToken: 4 * 2 * 2 * 32 * 2, chatTemplate: 'absent' }],
    [
      'heads of a size of their own',
      { 'llama.attention.key_length': 64, 'llama.attention.value_length': 16 },
      { cacheBytesPerToken: 4 * 2 * 80 * 2 },
    ],
    ['layers that differ, some without a cache', { 'llama.attention.head_count_kv': [2, 0, 2, 0] }, { cacheBytesPerToken: 4 * 64 * 2 }],
    [
      'a long vocabulary before what counts',
      { 'a.tokens': Array.from({ length: 200_000 }, (_, index) => `token ${index}`), 'tokenizer.chat_template': 'x' },
      { chatTemplate: 'present' },
    ],
    [
      'long numbers before what counts',
      { 'a.types': Array.from({ length: 500_000 }, () => 1), 'tokenizer.chat_template': 'x' },
      { chatTemplate: 'present' },
    ],
    ['another architecture than is named', { 'general.architecture': 'other' }, { layers: undefined, cacheBytesPerToken: undefined }],
  ])('with %s', async (_, values, expected) => {
    expect(await readGgufHeader(fileOf(ggufBytes({ ...plain, ...values })))).toMatchObject(expected);
  });

  it.each<[string, Buffer]>([
    ['a web page', Buffer.from('<!doctype html>')],
    ['nothing', Buffer.alloc(0)],
    ['an older version of the format', Buffer.concat([Buffer.from('GGUF'), Buffer.from([1, 0, 0, 0]), Buffer.alloc(64)])],
    ['a file that ends too early', ggufBytes(plain).subarray(0, 80)],
    ['a model that was cut off', readFileSync(tiny).subarray(0, 5_000_000)],
    ['a claim of endless keys', Buffer.concat([ggufBytes({}).subarray(0, 16), Buffer.alloc(8, 0xff)])],
    [
      'a text longer than any',
      Buffer.concat([ggufBytes({}).subarray(0, 16), Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(8, 0x7f)]),
    ],
  ])('is refused where the file is %s', async (_, bytes) => {
    await expect(readGgufHeader(fileOf(bytes))).rejects.toMatchObject({ code: 'model.not_gguf', hint: expect.stringContaining('GGUF') });
  });

  it('is read or refused, whatever the bytes are', async () => {
    const whole = ggufBytes({ ...plain, 'a.list': [1, 2, 3], 'a.texts': ['a', 'b'] });
    const file = fileOf(whole);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }), async (at, bytes) => {
        const changed = Buffer.from(whole);
        changed.set(bytes.subarray(0, whole.length - at), at);
        writeFileSync(file, changed);
        const outcome = await readGgufHeader(file).catch((error: unknown) => error);
        expect(outcome instanceof Error).toBe(outcome instanceof MultiagentError);
      }),
    );
  });
});
