import type { Machine } from './machine.ts';

const gigabyte = 1e9;

/** What of a model decides how much memory it takes. Sizes are bytes. */
export interface ModelSize {
  fileBytes: number;
  /** Absent: not known; an estimate for a model of this size is taken. */
  cacheBytesPerToken?: number | undefined;
  layers?: number | undefined;
  trainedContext?: number | undefined;
}

/** Weights, what the server remembers of each token, and its buffers: about a gigabyte, less for small models. */
export function memoryNeed(model: ModelSize, contextTokens: number): number {
  return model.fileBytes + cacheBytesPerToken(model) * contextTokens + Math.min(gigabyte, 0.1 * gigabyte + model.fileBytes);
}

/** Without knowledge: as dense models at four bits have it, which is rather more than others do. */
function cacheBytesPerToken({ fileBytes, cacheBytesPerToken: known }: ModelSize): number {
  return known ?? Math.min(300_000, 20_000 + fileBytes / 60_000);
}

/** Where a model and its context go: all on the GPU, divided, all in the memory of the programs; `too_large`: nowhere. */
export type Place = 'gpu' | 'divided' | 'memory' | 'too_large';

export interface Fit {
  place: Place;
  /** Bytes of model and context together. */
  need: number;
  /** Bytes that lie in the memory of the programs. */
  inMemory: number;
}

/** A little has to stay free, on the GPU for what draws the screen. */
const gpuPart = 0.93;
const memoryPart = 0.9;

export interface FitOptions {
  machine: Machine;
  model: ModelSize;
  contextTokens: number;
  /** `now`: beside what runs. `ever`: with everything else closed. */
  when: 'now' | 'ever';
}

export function fitModel({ machine, model, contextTokens, when }: FitOptions): Fit {
  const need = memoryNeed(model, contextTokens);
  const memory = (when === 'now' ? machine.memory.available : machine.memory.total) * memoryPart;
  const gpu = gpuBytes(machine, when);
  const shared = machine.gpus.some((device) => device.memory === 'shared');
  if (need <= gpu && (!shared || need <= memory)) return { place: 'gpu', need, inMemory: shared ? need : 0 };
  if (need <= memory && (gpu === 0 || shared)) return { place: 'memory', need, inMemory: need };
  if (gpu > 0 && !shared && need <= memory + gpu) return { place: 'divided', need, inMemory: need - gpu };
  return { place: 'too_large', need, inMemory: need };
}

/** What GPUs hold together. */
export function gpuBytes({ gpus }: Machine, when: 'now' | 'ever'): number {
  return gpus.reduce((sum, { free, total }) => sum + (when === 'now' ? free : total), 0) * gpuPart;
}
