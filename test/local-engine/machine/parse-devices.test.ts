import { describe, expect, it } from 'vitest';
import { parseListedDevices, parseNvidiaDevices } from '../../../src/local-engine/machine/parse-devices.ts';

const mebibyte = 1024 * 1024;

describe('the devices of a llama-server', () => {
  it.each([
    ['none', 'Available devices:\n  (none)\n', []],
    [
      'two cards',
      'ggml_cuda_init: found 2 CUDA devices\nAvailable devices:\n  CUDA0: NVIDIA GeForce RTX 4090 (24076 MiB, 23600 MiB free)\n  CUDA1: NVIDIA (Ti) (8000 MiB, 1 MiB free)\n',
      [
        { name: 'NVIDIA GeForce RTX 4090', total: 24_076 * mebibyte, free: 23_600 * mebibyte, memory: 'own' },
        { name: 'NVIDIA (Ti)', total: 8000 * mebibyte, free: mebibyte, memory: 'own' },
      ],
    ],
    [
      'a Mac, whose library for matrices is no device of its own',
      'Available devices:\n  MTL0: Apple M3 Pro (27648 MiB, 27647 MiB free)\n  BLAS: Accelerate (0 MiB, 0 MiB free)\n',
      [{ name: 'Apple M3 Pro', total: 27_648 * mebibyte, free: 27_647 * mebibyte, memory: 'shared' }],
    ],
  ])('%s', (_, text, expected) => {
    expect(parseListedDevices(text)).toEqual(expected);
  });

  it('are read from the tool of NVIDIA, too', () => {
    expect(parseNvidiaDevices('NVIDIA GeForce RTX 3060, 12288, 11000\n')).toEqual([
      { name: 'NVIDIA GeForce RTX 3060', total: 12_288 * mebibyte, free: 11_000 * mebibyte, memory: 'own' },
    ]);
    expect(parseNvidiaDevices('No devices were found\n')).toEqual([]);
  });
});
