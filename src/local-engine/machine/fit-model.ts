import type { Machine } from './machine.ts';

const gigabyte = 1e9;

/** What decides how much memory a model takes. Sizes are bytes. */
export interface ModelSize {
  fileBytes: number;
  /** Absent: unknown; an estimate for a model of this size is used. */
  cacheBytesPerToken?: number | undefined;
  layers?: number | undefined;
  trainedContext?: number | undefined;
}

/** Bytes for the weights, the cache of each token, and buffers: about a gigabyte, less for small models. */
export function memoryNeed(model: ModelSize, contextTokens: number): number {
  return model.fileBytes + cacheBytesPerToken(model) * contextTokens + Math.min(gigabyte, 0.1 * gigabyte + model.fileBytes);
}

/** If unknown, what dense models at four bits take, which is usually more than others. */
function cacheBytesPerToken({ fileBytes, cacheBytesPerToken: known }: ModelSize): number {
  return known ?? Math.min(300_000, 20_000 + fileBytes / 60_000);
}

/** Where a model and its context fit: entirely on the GPU, divided, entirely in main memory; `too_large`: nowhere. */
export type Place = 'gpu' | 'divided' | 'memory' | 'too_large';

export interface Fit {
  place: Place;
  /** Bytes of model and context together. */
  need: number;
  /** Bytes in main memory. */
  inMemory: number;
}

/** A little must stay free, on the GPU for drawing the screen. */
const gpuPart = 0.93;
const memoryPart = 0.9;

export interface FitOptions {
  machine: Machine;
  model: ModelSize;
  contextTokens: number;
  /** `now`: beside the programs that run. `ever`: with all other programs closed. */
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

/** The bytes that all GPUs together can hold. */
export function gpuBytes({ gpus }: Machine, when: 'now' | 'ever'): number {
  return gpus.reduce((sum, { free, total }) => sum + (when === 'now' ? free : total), 0) * gpuPart;
}
