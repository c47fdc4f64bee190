import { fitModel, gpuBytes, type ModelSize, type Place } from './fit-model.ts';
import type { Machine } from './machine.ts';

/** How to start a server for a model on this machine. */
export interface LaunchPlan {
  /** In all slots together. */
  contextTokens: number;
  slots: number;
  /** On the GPU. */
  gpuLayers: number;
  /** Absent: the server's own choice. */
  threads?: number | undefined;
  /** Further flags for llama-server, only those that its release has. */
  flags: string[];
  place: Place;
  /** Bytes that model and context take. */
  need: number;
}

export interface PlanLaunchOptions {
  machine: Machine;
  model: ModelSize;
  /** What people asked for: taken as it is. */
  wanted?: { contextTokens?: number | undefined; slots?: number | undefined; gpuLayers?: number | undefined; threads?: number | undefined };
  /** What `llama-server --help` prints; empty: nothing but the long-standing flags is used. */
  help: string;
}

/** Of each slot: the most that is taken without being asked for, then less and less. */
const contexts = [32_768, 16_384, 8192];
/** More layers than any model has: all of them. */
const allLayers = 99;
const layersOfUnknown = 32;
const mebibyte = 1024 * 1024;
/** llama-server's own limit for prompts of idle slots, and the least that is worth it. */
const cacheRam = { most: 8192, least: 256 };
/** Up to this many bytes of weights, waking a second thread costs more than it brings. */
const oneThreadModel = 64 * mebibyte;

/**
 * The context is the largest usual one with which the model lies wholly on the GPU, else with which it fits at all; where none does, the smallest. One
 * slot: it reads each token of a run once.
 */
export function planLaunch({ machine, model, wanted = {}, help }: PlanLaunchOptions): LaunchPlan {
  const fit = (contextTokens: number) => ({
    contextTokens,
    ...fitModel({ machine, model, contextTokens, when: 'now' }),
  });
  const { slots = 1 } = wanted;
  const most = model.trainedContext ?? Number.POSITIVE_INFINITY;
  const possible = [...new Set(contexts.map((tokens) => Math.min(tokens, most) * slots))].map(fit);
  const chosen =
    wanted.contextTokens === undefined
      ? (possible.find(({ place }) => place === 'gpu') ?? possible.find(({ place }) => place !== 'too_large') ?? possible.at(-1))
      : fit(wanted.contextTokens);
  const { contextTokens, place, need, inMemory } = chosen ?? fit(0);
  return {
    contextTokens,
    slots,
    gpuLayers: wanted.gpuLayers ?? layersOnGpu({ machine, model, place, need }),
    threads: wanted.threads ?? threadsFor(machine, model),
    flags: [...cacheFlags(machine.memory.available - inMemory, help), ...speculationFlags(help), ...originFlags(help)],
    place,
    need,
  };
}

function layersOnGpu({
  machine,
  model,
  place,
  need,
}: Pick<PlanLaunchOptions, 'machine' | 'model'> & { place: Place; need: number }): number {
  if (machine.gpus.length === 0) return 0;
  if (place === 'gpu' || machine.gpus.some(({ memory }) => memory === 'shared')) return allLayers;
  return Math.floor(((model.layers ?? layersOfUnknown) * gpuBytes(machine, 'now')) / need);
}

/** A server counts the hardware, and would start more threads than a container or a limit lets run. */
function threadsFor({ processors: { usable, present } }: Machine, { fileBytes }: ModelSize): number | undefined {
  if (fileBytes <= oneThreadModel) return 1;
  return usable < present ? usable : undefined;
}

/** A quarter of what stays free, so that prompts of earlier runs never push the machine into swapping. */
function cacheFlags(free: number, help: string): string[] {
  if (!help.includes('--cache-ram')) return [];
  const quarter = Math.floor(free / 4 / mebibyte / cacheRam.least) * cacheRam.least;
  return quarter >= cacheRam.most ? [] : ['--cache-ram', String(Math.max(quarter, 0))];
}

/** Drafts what the context already said, such as code that is quoted; where nothing repeats it costs next to nothing. */
function speculationFlags(help: string): string[] {
  return /--spec-type\b[^\n]{0,300}\bngram-mod\b/.test(help) ? ['--spec-type', 'ngram-mod'] : [];
}

/** Otherwise a page in a browser could have its visitor's model read and write. */
function originFlags(help: string): string[] {
  return help.includes('--cors-origins') ? ['--cors-origins', 'localhost'] : [];
}
