import { describe, expect, it } from 'vitest';
import { catalogue, findInCatalogue } from '../../../src/local-engine/machine/catalogue.ts';
import { recommendModel } from '../../../src/local-engine/machine/recommend-model.ts';
import { machineOf, type MachineOf } from './machine-of.ts';

describe('the recommended model', () => {
  it.each<[string, MachineOf, string | undefined]>([
    ['a GPU with 24 GB', { memory: 32, gpu: 24 }, 'devstral-small-2'],
    ['a GPU with 16 GB and little memory', { memory: 4, gpu: 16 }, 'gpt-oss-20b'],
    ['a GPU with 16 GB and much memory, which a mixture of experts is divided among', { memory: 32, gpu: 16 }, 'qwen3-coder-30b'],
    ['a GPU with 8 GB and 8 GB of memory', { memory: 8, gpu: 8 }, 'gpt-oss-20b'],
    ['a Mac with 32 GB', { memory: 32, gpu: 24, gpuMemory: 'shared' }, 'devstral-small-2'],
    ['32 GB and no GPU: the one whose experts take turns', { memory: 32 }, 'qwen3-coder-30b'],
    ['16 GB and no GPU', { memory: 16 }, 'gpt-oss-20b'],
    ['8 GB and no GPU', { memory: 8 }, 'qwen2.5-coder-7b'],
    ['4 GB and no GPU', { memory: 4.2 }, 'qwen2.5-coder-3b'],
    ['1 GB', { memory: 1 }, undefined],
  ])('for %s', (_, machine, name) => {
    expect(recommendModel(machineOf(machine))?.name).toBe(name);
  });
});

describe('the list of models', () => {
  it('has each name once, and repositories and sizes that are possible', () => {
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
    for (const { repository, fileBytes, cacheBytesPerToken, trainedContext, layers } of catalogue) {
      expect(repository).toMatch(/^[\w.-]+\/[\w.-]+-GGUF$/);
      expect(fileBytes).toBeGreaterThan(1e8);
      expect(cacheBytesPerToken % layers === 0 || cacheBytesPerToken % (layers / 2) === 0).toBe(true);
      expect(trainedContext).toBeGreaterThanOrEqual(32_768);
    }
  });

  it.each(['devstral-small-2', 'Devstral-Small-2', 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:ud-q4_k_xl'])('knows %s', (text) => {
    expect(findInCatalogue(text)?.name).toBe('devstral-small-2');
  });

  it('does not know another quantisation of a model of its own', () => {
    expect(findInCatalogue('unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:Q8_0')).toBeUndefined();
  });
});
