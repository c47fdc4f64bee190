import { basename } from 'node:path';
import { availableMemory } from 'node:process';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { chooseContextSize } from './context-size.ts';
import { Engine } from './engine.ts';
import { templateOf, vocabularyOf } from './model-language.ts';
import { installHint, loadNativeLibrary } from './native-library.ts';

/** Up to this many bytes of weights, waking a second thread costs more than it gains. */
const oneThreadModel = 64 * 1024 * 1024;
/** Tokens. */
const largestEstimated = 262_144;

export interface LoadEngineOptions {
  modelFile: string;
  /** Tokens of each slot. */
  contextTokens?: number | undefined;
  /** Slots. */
  parallel?: number | undefined;
  threads?: number | undefined;
  /** Another folder that may hold the native library, besides that of this program. */
  libraryFolder?: string | undefined;
  /** Receives each line about what was decided or what llama.cpp says. */
  log: (line: string) => void;
}

/**
 * Loads the model on the prebuilt CPU binding.
 * @throws MultiagentError: `embedded.not_installed`, `embedded.no_binary`, `embedded.load_failed`, `embedded.out_of_memory`.
 */
export async function loadEngine({
  modelFile,
  contextTokens,
  parallel = 1,
  threads,
  libraryFolder,
  log,
}: LoadEngineOptions): Promise<Engine> {
  const library = await loadNativeLibrary({ folder: libraryFolder });
  const llama = await startBackend(library, log);
  const model = await llama.loadModel({ modelPath: modelFile, gpuLayers: 0 }).catch((error: unknown) => {
    if (error instanceof library.InsufficientMemoryError) throw outOfMemory(`The model ${basename(modelFile)} does not fit`, error);
    throw new MultiagentError({
      category: 'model',
      code: 'embedded.load_failed',
      message: `The model ${basename(modelFile)} could not be loaded: ${describeError(error).message}`,
      hint: 'Check that the file is complete (download it again) and that it is a text model.',
      cause: error,
    });
  });
  const size = await chooseContextSize({
    wanted: contextTokens,
    trainedContext: model.trainContextSize,
    availableMemory: availableMemory(),
    estimateMemory: (tokens) => estimateMemory(model, tokens, parallel),
  });
  const megabytes = Math.ceil(size.bytes / 1e6);
  if (size.type === 'too_large') {
    throw outOfMemory(`${parallel} x ${size.contextTokens} tokens of context need ${megabytes} MB, which do not fit`);
  }
  const smaller = size.contextTokens < size.wished ? ` (${size.wished} would not fit into memory)` : '';
  const chosenThreads = threads ?? (model.size <= oneThreadModel ? 1 : llama.cpuMathCores);
  log(`${parallel} slot(s) with ${size.contextTokens} tokens each${smaller}, about ${megabytes} MB, ${chosenThreads} thread(s)`);
  const context = await model
    .createContext({
      contextSize: size.contextTokens,
      sequences: parallel,
      batchSize: 512,
      threads: { ideal: chosenThreads, min: chosenThreads },
    })
    .catch((error: unknown) => {
      throw outOfMemory(`${parallel} x ${size.contextTokens} tokens of context do not fit`, error);
    });
  return new Engine({
    model,
    context,
    template: templateOf(model, { folder: libraryFolder }),
    vocabulary: vocabularyOf(model),
    modelName: basename(modelFile),
    buildInfo: `node-llama-cpp-${await library.getModuleVersion()}-llama.cpp-${llama.llamaCppRelease.release}`,
  });
}

async function startBackend(library: Awaited<ReturnType<typeof loadNativeLibrary>>, log: (line: string) => void): Promise<Llama> {
  try {
    return await library.getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: 0,
      logLevel: library.LlamaLogLevel.warn,
      logger: (level, message) => log(`llama.cpp ${level}: ${message.trimEnd()}`),
    });
  } catch (error) {
    throw new MultiagentError({
      category: 'model',
      code: 'embedded.no_binary',
      message: `node-llama-cpp has no llama.cpp binary that runs on this machine: ${describeError(error).message}`,
      hint: `${installHint} Its optional packages hold the binaries. Or use a llama-server instead.`,
      cause: error,
    });
  }
}

/** Bytes for `slots` with this many tokens each. Estimating takes memory itself, so sizes far beyond any real context are extrapolated. */
async function estimateMemory(model: LlamaModel, contextTokens: number, slots: number): Promise<number> {
  const contextSize = Math.min(contextTokens, largestEstimated);
  const { cpuRam } = await model.fileInsights.estimateContextResourceRequirementsV2({ contextSize, sequences: slots, modelGpuLayers: 0 });
  return cpuRam * (contextTokens / contextSize);
}

function outOfMemory(what: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    category: 'model',
    code: 'embedded.out_of_memory',
    message: `${what} into the free memory of this machine.`,
    hint: 'Use fewer slots, a smaller context or a smaller model.',
    cause,
  });
}
