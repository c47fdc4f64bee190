import { basename, isAbsolute, resolve } from 'node:path';
import { statSync } from 'node:fs';
import process from 'node:process';
import { bytesOfModel, findLocalModel } from '../../local-engine/download/model-folders.ts';
import { parseModelReference } from '../../local-engine/download/model-reference.ts';
import { tinyModelFile } from '../../local-engine/embedded/model-file.ts';
import { catalogue, findInCatalogue } from '../../local-engine/machine/catalogue.ts';
import { fitModel, type ModelSize } from '../../local-engine/machine/fit-model.ts';
import { readGgufHeader } from '../../local-engine/machine/gguf-header.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { recommendModel, usualContext } from '../../local-engine/machine/recommend-model.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { usageError } from '../usage-error.ts';
import { cacheFolder, sharedHubFolder } from './state-folders.ts';

/** A model that is on this machine. */
export interface ChosenModel {
  /** The name to show. */
  name: string;
  /** Absolute. */
  file: string;
  size: ModelSize;
}

/** The name of the model that the demo uses, too. */
export const tinyModelName = 'tiny';

export interface ChooseModelOptions {
  /** A name from the list, `repository:quantisation`, or a .gguf file; absent: the best model that is here and fits. */
  wanted?: string | undefined;
  machine: Machine;
  directory: string;
}

/**
 * Finds the model to start. Never downloads one.
 * @throws MultiagentError `model.not_here`, `model.not_gguf`, `usage`.
 */
export async function chooseModel({ wanted, machine, directory }: ChooseModelOptions): Promise<ChosenModel> {
  if (wanted === undefined) {
    const here = catalogue.filter((model) => localFile(model) !== undefined);
    const fits = (model: ModelSize) => fitModel({ machine, model, contextTokens: usualContext, when: 'now' }).place !== 'too_large';
    const model = recommendModel(machine, here) ?? here.find(fits);
    if (model === undefined) throw noModel(machine);
    return described(model.name, localFile(model) ?? '');
  }
  if (wanted === tinyModelName) return described(tinyModelName, tinyModelFile);
  if (/\.gguf$/i.test(wanted) && !/^https?:/i.test(wanted)) {
    const file = isAbsolute(wanted) ? wanted : resolve(directory, wanted.replace(/^~(?=\/)/, process.env['HOME'] ?? '~'));
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      throw usageError(`There is no model file ${file}.`, 'Check the path, or choose a model from "multiagent model list".');
    }
    return described(basename(file), file);
  }
  const reference = parseModelReference(wanted);
  if (reference.kind === 'address')
    throw usageError(
      'A server needs a model that is on this machine, not an address.',
      `Download it first: multiagent model pull ${wanted}`,
    );
  const file = localFile(reference);
  if (file === undefined) {
    throw new MultiagentError({
      category: 'usage',
      code: 'model.not_here',
      message: `The model ${wanted} is not on this machine.`,
      hint: `Download it first: multiagent model pull ${wanted}. It shows the size before it begins.`,
    });
  }
  return described(findInCatalogue(wanted)?.name ?? wanted, file);
}

/** Where the file of a published model is on this machine. */
export function localFile({ repository, quantisation }: { repository: string; quantisation: string }): string | undefined {
  return findLocalModel({ repository, quantisation, cache: cacheFolder(), hub: sharedHubFolder() });
}

async function described(name: string, file: string): Promise<ChosenModel> {
  const { layers, trainedContext, cacheBytesPerToken } = await readGgufHeader(file);
  return { name, file, size: { fileBytes: bytesOfModel(file), layers, trainedContext, cacheBytesPerToken } };
}

function noModel(machine: Machine): MultiagentError {
  const best = recommendModel(machine);
  return new MultiagentError({
    category: 'usage',
    code: 'model.not_here',
    message: 'There is no model on this machine that fits it.',
    hint: `${best === undefined ? '' : `For this machine: multiagent model pull ${best.name}. `}"multiagent model list" shows more; "multiagent model start tiny" is only for trying the program.`,
  });
}
