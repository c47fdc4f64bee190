import type { Gpu, Machine } from '../../../src/local-engine/machine/machine.ts';

export const gigabytes = (count: number) => count * 1e9;

export interface MachineOf {
  /** Gigabytes, all of them free unless it is said otherwise. */
  memory: number;
  available?: number;
  gpu?: number;
  gpuMemory?: Gpu['memory'];
  processors?: Machine['processors'];
}

export function machineOf({
  memory,
  available = memory,
  gpu = 0,
  gpuMemory = 'own',
  processors = { usable: 8, present: 8 },
}: MachineOf): Machine {
  return {
    memory: { total: gigabytes(memory), available: gigabytes(available) },
    processors,
    gpus: gpu === 0 ? [] : [{ name: 'GPU', total: gigabytes(gpu), free: gigabytes(gpu), memory: gpuMemory }],
    idleGpus: [],
  };
}
