import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/local-engine/machine/catalogue.ts';
import { fitModel, memoryNeed } from '../../../src/local-engine/machine/fit-model.ts';
import { planLaunch } from '../../../src/local-engine/machine/plan-launch.ts';
import { gigabytes, machineOf } from './machine-of.ts';

const help = '--cache-ram N\n--spec-type none,draft-simple,ngram-simple,ngram-mod,ngram-cache\n--cors-origins ORIGINS';
/** 4.7 GB, 57,344 bytes a token, made for 32,768 tokens. */
const model = catalogue.find(({ name }) => name === 'qwen2.5-coder-7b')!;

describe('the plan for a server', () => {
  it.each([
    ['a large GPU', { memory: 32, gpu: 24 }, { place: 'gpu', contextTokens: 32_768, gpuLayers: 99 }],
    ['a GPU that holds it with a smaller context', { memory: 32, gpu: 7.5 }, { place: 'gpu', contextTokens: 16_384, gpuLayers: 99 }],
    ['a GPU that is too small for it', { memory: 32, gpu: 4 }, { place: 'divided', contextTokens: 32_768, gpuLayers: 13 }],
    ['no GPU', { memory: 32 }, { place: 'memory', contextTokens: 32_768, gpuLayers: 0 }],
    ['no GPU and little memory', { memory: 7.5 }, { place: 'memory', contextTokens: 16_384, gpuLayers: 0 }],
    ['memory that others use', { memory: 32, available: 7 }, { place: 'memory', contextTokens: 8192 }],
    ['a Mac', { memory: 16, gpu: 12, gpuMemory: 'shared' as const }, { place: 'gpu', contextTokens: 32_768, gpuLayers: 99 }],
    ['far too little memory', { memory: 2 }, { place: 'too_large', contextTokens: 8192 }],
  ])('on %s', (_, machine, expected) => {
    expect(planLaunch({ machine: machineOf(machine), model, help })).toMatchObject({ slots: 1, ...expected });
  });

  it('takes what was asked for as it is', () => {
    const wanted = { contextTokens: 12_345, slots: 3, gpuLayers: 7, threads: 5 };
    const plan = planLaunch({ machine: machineOf({ memory: 2 }), model, wanted, help });
    expect(plan).toMatchObject(wanted);
  });

  it('gives each slot what one alone would get, and never more than the model was made for', () => {
    const machine = machineOf({ memory: 64 });
    expect(planLaunch({ machine, model, wanted: { slots: 2 }, help })).toMatchObject({ slots: 2, contextTokens: 65_536 });
    expect(planLaunch({ machine, model: { ...model, trainedContext: 4096 }, help }).contextTokens).toBe(4096);
  });

  it('uses only flags that the release has', () => {
    const machine = machineOf({ memory: 12 });
    expect(planLaunch({ machine, model, help }).flags).toEqual([
      '--cache-ram',
      expect.any(String),
      '--spec-type',
      'ngram-mod',
      '--cors-origins',
      'localhost',
    ]);
    expect(planLaunch({ machine, model, help: '--spec-type none,draft-simple' }).flags).toEqual([]);
    expect(planLaunch({ machine, model, help: '' }).flags).toEqual([]);
  });

  it('leaves the cache of prompts alone where memory is plentiful, and turns it off where there is none', () => {
    expect(planLaunch({ machine: machineOf({ memory: 128 }), model, help }).flags).not.toContain('--cache-ram');
    expect(planLaunch({ machine: machineOf({ memory: 2 }), model, help }).flags).toEqual(expect.arrayContaining(['--cache-ram', '0']));
  });

  it('names the threads only where a limit lets fewer run than the hardware has, or one is enough', () => {
    const threads = (usable: number, fileBytes = model.fileBytes) =>
      planLaunch({ machine: machineOf({ memory: 32, processors: { usable, present: 8 } }), model: { ...model, fileBytes }, help }).threads;
    expect(threads(8)).toBeUndefined();
    expect(threads(2)).toBe(2);
    expect(threads(8, 6_000_000)).toBe(1);
  });
});

describe('the fit of a model', () => {
  const anyMachine = fc
    .record({
      memory: fc.integer({ min: 1, max: 512 }),
      used: fc.float({ min: 0, max: 1, noNaN: true }),
      gpu: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ memory, used, gpu }) => machineOf({ memory, available: memory * (1 - used), gpu }));

  it('never says that something fits now and not with everything else closed', () => {
    fc.assert(
      fc.property(anyMachine, fc.constantFrom(...catalogue), fc.integer({ min: 256, max: 262_144 }), (machine, model, contextTokens) => {
        const now = fitModel({ machine, model, contextTokens, when: 'now' }).place;
        const ever = fitModel({ machine, model, contextTokens, when: 'ever' }).place;
        expect(now !== 'too_large' && ever === 'too_large').toBe(false);
      }),
    );
  });

  it('never puts more anywhere than there is', () => {
    fc.assert(
      fc.property(anyMachine, fc.constantFrom(...catalogue), (machine, model) => {
        const plan = planLaunch({ machine, model, help });
        if (plan.place === 'too_large') return;
        const gpu = machine.gpus.reduce((sum, { free }) => sum + free, 0);
        const room = { gpu, divided: machine.memory.available + gpu, memory: machine.memory.available };
        expect(plan.need).toBeLessThanOrEqual(room[plan.place]);
      }),
    );
  });

  it('needs the file, the cache of each token and something for the rest', () => {
    expect(memoryNeed({ fileBytes: gigabytes(10), cacheBytesPerToken: 100_000 }, 10_000)).toBe(gigabytes(12));
    expect(memoryNeed({ fileBytes: gigabytes(10) }, 10_000)).toBeGreaterThan(gigabytes(11));
  });
});
