import { formatBytes } from '../../utils/format-bytes.ts';
import { fitModel, memoryNeed } from '../../local-engine/machine/fit-model.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import type { ModelServer } from '../../llm/server/model-server.ts';
import type { Finding } from './finding.ts';
import type { ServerFacts } from './read-server-facts.ts';

export interface CheckMemoryOptions {
  server: ModelServer;
  facts: ServerFacts;
  machine: Machine;
}

/** Whether the served model and its context fit into the memory of this machine. Returns nothing where the model's size is unknown. */
export function checkMemory({ server, facts, machine }: CheckMemoryOptions): Finding[] {
  const { contextTokens, slots = 1 } = server;
  if (facts.modelBytes === undefined || contextTokens === undefined) return [];
  const check = 'memory';
  const model = { fileBytes: facts.modelBytes, ...facts.header };
  // Slots may share one context, and each then reports all of it. The server does not say whether they do, so it gets the benefit of the doubt.
  const { place, need } = fitModel({ machine, model, contextTokens, when: 'ever' });
  const apart = slots === 1 ? '' : ` (${formatBytes(memoryNeed(model, contextTokens * slots))} where ${slots} slots do not share them)`;
  const held = `the model and ${contextTokens} tokens of context take about ${formatBytes(memoryNeed(model, contextTokens))}${apart}`;
  const has = `this machine has ${formatBytes(machine.memory.total)}${machine.gpus.length === 0 ? '' : ` and ${formatBytes(machine.gpus.reduce((sum, { total }) => sum + total, 0))} on GPUs`}`;
  if (place === 'too_large' || need > machine.memory.total + machine.gpus.reduce((sum, { total }) => sum + total, 0)) {
    const hint = 'Start it with a smaller context (-c), or use a smaller model: "multiagent model list" shows which ones fit.';
    return [{ check, state: 'warning', message: `${held}, and ${has}: it will be slow, or killed`, hint }];
  }
  if (place === 'divided') {
    const hint = 'A smaller context (-c) or a smaller model that fits on the GPU entirely is several times faster.';
    return [{ check, state: 'ok', message: `${held}, more than the GPU holds; ${has}`, hint }];
  }
  return [{ check, state: 'ok', message: `${held}; ${has}` }];
}

/** GPUs that the model server leaves idle. */
export function checkGpus({ idleGpus }: Machine): Finding[] {
  if (idleGpus.length === 0) return [];
  const hint = 'Install a llama-server that is built for it (CUDA or Vulkan), and name it in LLAMA_SERVER_BIN; it is many times faster.';
  return [{ check: 'gpu', state: 'warning', message: `${idleGpus.join(', ')} is here, and llama-server does not use it`, hint }];
}
