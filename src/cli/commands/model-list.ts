import process from 'node:process';
import { catalogue, catalogueDate, type CatalogueModel } from '../../local-engine/machine/catalogue.ts';
import { fitModel, type Place } from '../../local-engine/machine/fit-model.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { recommendModel, usualContext } from '../../local-engine/machine/recommend-model.ts';
import { readRecords } from '../../local-engine/managed/server-record.ts';
import { type DescribedProvider, describeProviders } from '../../operations/doctor/describe-providers.ts';
import { probeModelServer } from '../../llm/server/probe-model-server.ts';
import { printableLine } from '../../utils/printable.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { localFile } from '../model/chosen-model.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { readSurroundings } from '../model/launch.ts';
import { serversFolder } from '../model/state-folders.ts';
import { safeJson } from '../safe-json.ts';
import { defaultAddresses } from '../../llm/server/find-model-server.ts';
import { align } from '../views/text-width.ts';
import { writeFolded } from '../write-folded.ts';

/** `now`: beside the programs that run. `alone`: with other programs closed. */
type Fits = 'now' | 'alone' | 'no';

interface ListedModel {
  model: CatalogueModel;
  fits: Fits;
  place: Place;
  need: number;
  file: string | undefined;
  recommended: boolean;
}

/** `multiagent model list` */
export async function modelList({ json }: { json?: boolean }): Promise<void> {
  const [{ machine }, served] = await Promise.all([readSurroundings(), servedModels()]);
  const best = recommendModel(machine);
  const models = catalogue.map((model) => listed(model, machine, best));
  const providers = describedProviders();
  if (json) process.stdout.write(`${safeJson({ ...data(machine, models, served), providers: providers.map(providerData) })}\n`);
  else writeFolded(text(machine, models, served, providers));
}

function listed(model: CatalogueModel, machine: Machine, best: CatalogueModel | undefined): ListedModel {
  const now = fitModel({ machine, model, contextTokens: usualContext, when: 'now' });
  const ever = fitModel({ machine, model, contextTokens: usualContext, when: 'ever' });
  const fits = now.place !== 'too_large' ? 'now' : ever.place !== 'too_large' ? 'alone' : 'no';
  return { model, fits, place: ever.place, need: ever.need, file: localFile(model), recommended: model === best };
}

/** Those of the person's settings. Settings that cannot be read are told by the commands that need them. */
function describedProviders(): DescribedProvider[] {
  try {
    const { settings } = loadCommandSettings({ directory: process.cwd(), beyondRights: 'leave_out' });
    return describeProviders(settings.providers);
  } catch (error) {
    if (error instanceof MultiagentError) return [];
    throw error;
  }
}

function providerData({ name, kind, text: description, problem }: DescribedProvider): Record<string, unknown> {
  return { name, kind, description, usable: problem === undefined };
}

interface ServedModels {
  address: string;
  models: string[];
}

/** The models of the servers at the usual addresses and of those that were started here. */
async function servedModels(): Promise<ServedModels[]> {
  const addresses = new Set([...defaultAddresses, ...readRecords(serversFolder()).map(({ address }) => address)]);
  const probes = await Promise.all([...addresses].map((address) => probeModelServer({ address, timeoutMilliseconds: 2000 })));
  return probes.flatMap((probe) => (probe.state === 'ready' ? [{ address: probe.server.address, models: probe.server.models }] : []));
}

function data(machine: Machine, models: readonly ListedModel[], served: readonly ServedModels[]): Record<string, unknown> {
  return {
    machine: {
      memory_bytes: machine.memory.total,
      available_memory_bytes: machine.memory.available,
      gpus: machine.gpus.map(({ name, total, free }) => ({ name, memory_bytes: total, free_memory_bytes: free })),
    },
    context_tokens: usualContext,
    checked: catalogueDate,
    models: models.map(({ model, fits, place, need, file, recommended }) => ({
      name: model.name,
      repository: model.repository,
      quantisation: model.quantisation,
      download_bytes_about: model.fileBytes,
      memory_bytes_about: Math.round(need),
      trained_context_tokens: model.trainedContext,
      thinking: model.thinking === 'always',
      license: model.license,
      good_at: model.goodAt,
      fits,
      place,
      recommended,
      file: file ?? null,
    })),
    served,
  };
}

const fitWords: Record<Fits, string> = { now: 'yes', alone: 'with other programs closed', no: 'no' };

function text(
  machine: Machine,
  models: readonly ListedModel[],
  served: readonly ServedModels[],
  providers: readonly DescribedProvider[],
): string {
  const gpus = machine.gpus.map(({ name, total }) => `${name} with ${formatBytes(total)}`);
  const rows = models.map(({ model, fits, need, file, recommended }) => [
    `${recommended ? '*' : ' '} ${model.name}`,
    formatBytes(model.fileBytes),
    formatBytes(need),
    fitWords[fits],
    file === undefined ? '' : 'yes',
  ]);
  const [head = '', ...table] = align([['  model', 'download', 'memory', 'fits', 'here'], ...rows]);
  const lines = [
    `This machine: ${formatBytes(machine.memory.total)} of memory, ${formatBytes(machine.memory.available)} of it free; ${gpus.length === 0 ? 'no GPU that llama-server can use' : gpus.join(', ')}.`,
    '',
    head,
    ...table.flatMap((row, index) => [row, `      ${remark(models[index]?.model)}`]),
    '',
    `Sizes are rounded; memory is estimated for ${usualContext} tokens of context. The list is from ${catalogueDate}; * marks the best one for this machine.`,
    ...served.map(({ address, models: names }) => `Served at ${address}: ${names.join(', ') || 'nothing yet'}`),
    ...providers.map((provider) => `Provider ${provider.text}`),
    '',
    ...nextSteps(models),
  ];
  return `${lines.map(printableLine).join('\n')}\n`;
}

function remark(model: CatalogueModel | undefined): string {
  if (model === undefined) return '';
  const thinking = model.thinking === 'always' ? '; thinks' : '';
  return `${model.goodAt}${thinking}; trained for ${model.trainedContext} tokens; ${model.license}`;
}

function nextSteps(models: readonly ListedModel[]): string[] {
  const best = models.find(({ recommended }) => recommended);
  if (best === undefined) return ['None of them fits this machine. To try the program: multiagent model start tiny'];
  const { name } = best.model;
  return [best.file === undefined ? `multiagent model pull ${name}` : `multiagent model start ${name}`];
}
