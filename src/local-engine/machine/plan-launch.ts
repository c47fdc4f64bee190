import { fitModel, gpuBytes, type ModelSize, type Place } from './fit-model.ts';
import type { Machine } from './machine.ts';

/** How to start a server for a model on this machine. */
export interface LaunchPlan {
  /** Tokens of all slots together. */
  contextTokens: number;
  slots: number;
  /** Layers on the GPU. */
  gpuLayers: number;
  /** Absent: the server's own choice. */
  threads?: number | undefined;
  /** Further flags for llama-server, only those that its release supports. */
  flags: string[];
  place: Place;
  /** Bytes that model and context take. */
  need: number;
}

export interface PlanLaunchOptions {
  machine: Machine;
  model: ModelSize;
  /** What the person asked for; it is used as it is. */
  wanted?: { contextTokens?: number | undefined; slots?: number | undefined; gpuLayers?: number | undefined; threads?: number | undefined };
  /** The output of `llama-server --help`; empty: only long-standing flags are used. */
  help: string;
}

/** Tokens of each slot to try: first the most that is used by default, then less. */
const contexts = [32_768, 16_384, 8192];
/** More layers than any model has, which means all of them. */
const allLayers = 99;
const layersOfUnknown = 32;
const mebibyte = 1024 * 1024;
/** llama-server's own limit for prompts of idle slots, and the least that is useful, in MiB. */
const cacheRam = { most: 8192, least: 256 };
/** Up to this many bytes of weights, waking a second thread costs more than it gains. */
const oneThreadModel = 64 * mebibyte;

/**
 * Plans how to start a server. The context is the largest usual one with which the model fits entirely on the GPU, else with which it fits at all, else the
 * smallest. The server gets one slot, which reads each token of a run once.
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

/** A server counts the processors of the hardware, and would start more threads than a container or a limit allows to run. */
function threadsFor({ processors: { usable, present } }: Machine, { fileBytes }: ModelSize): number | undefined {
  if (fileBytes <= oneThreadModel) return 1;
  return usable < present ? usable : undefined;
}

/** A quarter of the memory that stays free, so that prompts of earlier runs never make the machine swap. */
function cacheFlags(free: number, help: string): string[] {
  if (!help.includes('--cache-ram')) return [];
  const quarter = Math.floor(free / 4 / mebibyte / cacheRam.least) * cacheRam.least;
  return quarter >= cacheRam.most ? [] : ['--cache-ram', String(Math.max(quarter, 0))];
}

/** Drafts text that the context already contains, such as quoted code. If nothing repeats, it costs almost nothing. */
function speculationFlags(help: string): string[] {
  return /--spec-type\b[^\n]{0,300}\bngram-mod\b/.test(help) ? ['--spec-type', 'ngram-mod'] : [];
}

/** Without these flags, a web page could use its visitor's model. */
function originFlags(help: string): string[] {
  return help.includes('--cors-origins') ? ['--cors-origins', 'localhost'] : [];
}
