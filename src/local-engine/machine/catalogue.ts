/** A model that is known to play the team, and what has to be known of it before anybody downloads it. */
export interface CatalogueModel {
  /** What people type. */
  name: string;
  /** On Hugging Face; `repository:quantisation` is what llama-server takes after `-hf`. */
  repository: string;
  quantisation: string;
  /** Of the download, rounded from the publisher's page. */
  fileBytes: number;
  /** Of all parameters, how many billions work on each token: they decide how fast a processor without a GPU is. */
  activeBillions: number;
  layers: number;
  /** Bytes that each token of context takes, at 16 bits a value. */
  cacheBytesPerToken: number;
  /** Tokens that it was made for. */
  trainedContext: number;
  thinking: 'never' | 'always';
  license: string;
  goodAt: string;
}

/** When the entries were last gone through. */
export const catalogueDate = '2026-11';

/** `2 (key, value) × layers × KV heads × head size × 2 bytes` */
const cache = (layers: number, keyValueHeads: number, headSize: number) => 4 * layers * keyValueHeads * headSize;
const gigabytes = (count: number) => Math.round(count * 1e9);

/** The best for the team first. The order is judgement: this project measures its own tiny model only. */
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
    goodAt: 'whole programs and long conversations; wants a GPU',
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
    goodAt: 'whole programs, quick also without a GPU',
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
    goodAt: 'whole programs; wants a large GPU',
  },
  {
    name: 'gpt-oss-20b',
    repository: 'ggml-org/gpt-oss-20b-GGUF',
    quantisation: 'MXFP4',
    fileBytes: gigabytes(12.1),
    activeBillions: 3.6,
    layers: 24,
    // Every second layer looks at the last 128 tokens only; what those take is small.
    cacheBytesPerToken: cache(12, 8, 64),
    trainedContext: 131_072,
    thinking: 'always',
    license: 'Apache 2.0',
    goodAt: 'reasoning and code, quick; a reply that breaks off begins again',
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
    goodAt: 'small programs; wants a GPU',
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
    goodAt: 'trying things out on little memory; very weak results',
  },
];

/** Also by `repository` and `repository:quantisation`, in any case. */
export function findInCatalogue(text: string): CatalogueModel | undefined {
  const wanted = text.toLowerCase();
  return catalogue.find(({ name, repository, quantisation }) =>
    [name, repository, `${repository}:${quantisation}`].some((known) => known.toLowerCase() === wanted),
  );
}
