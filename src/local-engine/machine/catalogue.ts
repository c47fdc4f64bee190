/** A model that is known to work for the team, with what a person should know before downloading it. */
export interface CatalogueModel {
  /** The name that people type. */
  name: string;
  /** On Hugging Face; llama-server accepts `repository:quantisation` after `-hf`. */
  repository: string;
  quantisation: string;
  /** The size of the download, rounded, from the publisher's page. */
  fileBytes: number;
  /** Billions of parameters that work on each token. They decide how fast a processor without a GPU is. */
  activeBillions: number;
  layers: number;
  /** Bytes that each token of context takes, at 16 bits a value. */
  cacheBytesPerToken: number;
  /** The context, in tokens, that the model was trained for. */
  trainedContext: number;
  thinking: 'never' | 'always';
  license: string;
  goodAt: string;
}

/** When the entries were last reviewed. */
export const catalogueDate = '2026-11';

/** `2 (key, value) × layers × KV heads × head size × 2 bytes` */
const cache = (layers: number, keyValueHeads: number, headSize: number) => 4 * layers * keyValueHeads * headSize;
const gigabytes = (count: number) => Math.round(count * 1e9);

/** The best model for the team comes first. The order is a judgement: this project measures only its own tiny model. */
export const catalogue: readonly CatalogueModel[] = [
  {
    name: 'devstral-small-2',
    repository: 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF',
    quantisation: 'UD-Q4_K_XL',
    fileBytes: gigabytes(14.3),
    activeBillions: 24,
    layers: 40,
    cacheBytesPerToken: cache(40, 8, 128),
    trainedContext: 262_144,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'whole programs and long conversations; needs a GPU',
  },
  {
    name: 'qwen3-coder-30b',
    repository: 'unsloth/Qwen3-Coder-30B-A3B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(18.6),
    activeBillions: 3.3,
    layers: 48,
    cacheBytesPerToken: cache(48, 4, 128),
    trainedContext: 262_144,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'whole programs; fast even without a GPU',
  },
  {
    name: 'qwen2.5-coder-32b',
    repository: 'Qwen/Qwen2.5-Coder-32B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(19.9),
    activeBillions: 32,
    layers: 64,
    cacheBytesPerToken: cache(64, 8, 128),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'whole programs; needs a large GPU',
  },
  {
    name: 'gpt-oss-20b',
    repository: 'ggml-org/gpt-oss-20b-GGUF',
    quantisation: 'MXFP4',
    fileBytes: gigabytes(12.1),
    activeBillions: 3.6,
    layers: 24,
    // Every second layer looks only at the last 128 tokens, which take little memory.
    cacheBytesPerToken: cache(12, 8, 64),
    trainedContext: 131_072,
    thinking: 'always',
    license: 'Apache 2.0',
    goodAt: 'reasoning and code; fast; a reply that breaks off starts over',
  },
  {
    name: 'qwen2.5-coder-14b',
    repository: 'Qwen/Qwen2.5-Coder-14B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(9),
    activeBillions: 14.8,
    layers: 48,
    cacheBytesPerToken: cache(48, 8, 128),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'small programs; needs a GPU',
  },
  {
    name: 'qwen2.5-coder-7b',
    repository: 'Qwen/Qwen2.5-Coder-7B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(4.7),
    activeBillions: 7.6,
    layers: 28,
    cacheBytesPerToken: cache(28, 4, 128),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'small programs from short requirements',
  },
  {
    name: 'qwen2.5-coder-3b',
    repository: 'Qwen/Qwen2.5-Coder-3B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(2.1),
    activeBillions: 3.1,
    layers: 36,
    cacheBytesPerToken: cache(36, 2, 128),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Qwen Research, not for commercial use',
    goodAt: 'analysis and documentation; loses the thread in six steps',
  },
  {
    name: 'qwen2.5-coder-1.5b',
    repository: 'Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(1.1),
    activeBillions: 1.5,
    layers: 28,
    cacheBytesPerToken: cache(28, 2, 128),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'trying things out; weak results',
  },
  {
    name: 'qwen2.5-coder-0.5b',
    repository: 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF',
    quantisation: 'Q4_K_M',
    fileBytes: gigabytes(0.5),
    activeBillions: 0.5,
    layers: 24,
    cacheBytesPerToken: cache(24, 2, 64),
    trainedContext: 32_768,
    thinking: 'never',
    license: 'Apache 2.0',
    goodAt: 'trying things out with little memory; very weak results',
  },
];

/** Finds a model by its name, `repository` or `repository:quantisation`, ignoring case. */
export function findInCatalogue(text: string): CatalogueModel | undefined {
  const wanted = text.toLowerCase();
  return catalogue.find(({ name, repository, quantisation }) =>
    [name, repository, `${repository}:${quantisation}`].some((known) => known.toLowerCase() === wanted),
  );
}
