import { MultiagentError } from '../../utils/multiagent-error.ts';
import { openRegularFile } from '../../utils/read-regular-file.ts';
import { GgufReader, type GgufValue } from './gguf-reader.ts';

/** What a model file says about itself. Absent values are not given. */
export interface GgufHeader {
  name?: string | undefined;
  layers?: number | undefined;
  /** The context, in tokens, that the model was trained for. */
  trainedContext?: number | undefined;
  /** Bytes that each token of context takes at 16 bits a value; too many for models whose layers look at few tokens. */
  cacheBytesPerToken?: number | undefined;
  chatTemplate: 'present' | 'absent';
}

/**
 * Reads the metadata at the beginning of a GGUF file, which may come from anywhere.
 * @throws MultiagentError `model.not_gguf` if the file cannot be read, is not a GGUF file, or was cut off.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  try {
    await using file = await openRegularFile(path);
    const reader = new GgufReader(file);
    const { values, tensors } = await reader.metadata();
    const needed = await reader.leastBytes(tensors, values.get('general.alignment'));
    const { size } = await file.stat();
    if (needed > size) throw new Error(`it ends after ${size} bytes, but its tensors extend beyond ${needed}`);
    return describe(values);
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'model.not_gguf',
      message: `${path} cannot be read as a GGUF model: ${(error as Error).message}`,
      hint: 'Give a complete model file in the GGUF format. An incomplete download, or a saved web page, looks like this, too.',
      cause: error,
    });
  }
}

function describe(values: ReadonlyMap<string, GgufValue>): GgufHeader {
  const number = (key: string) => {
    const value = values.get(`${String(values.get('general.architecture'))}.${key}`);
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  const list = (key: string) => values.get(`${String(values.get('general.architecture'))}.${key}`);
  const layers = number('block_count');
  const heads = number('attention.head_count');
  const embedding = number('embedding_length');
  const headSize = heads === undefined || embedding === undefined ? undefined : embedding / heads;
  const keySize = number('attention.key_length') ?? headSize;
  const valueSize = number('attention.value_length') ?? headSize;
  const perLayer = list('attention.head_count_kv') ?? list('attention.head_count');
  const allHeads = Array.isArray(perLayer)
    ? perLayer.reduce((sum, count) => sum + count, 0)
    : typeof perLayer === 'number' && layers !== undefined
      ? perLayer * layers
      : undefined;
  const name = values.get('general.name');
  return {
    name: typeof name === 'string' ? name.slice(0, 200) : undefined,
    layers,
    trainedContext: number('context_length'),
    cacheBytesPerToken:
      allHeads === undefined || keySize === undefined || valueSize === undefined ? undefined : 2 * allHeads * (keySize + valueSize),
    chatTemplate: values.has('tokenizer.chat_template') ? 'present' : 'absent',
  };
}
