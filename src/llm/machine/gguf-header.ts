import { type FileHandle, open } from 'node:fs/promises';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** What a model file says of itself. Absent: it does not say. */
export interface GgufHeader {
  name?: string | undefined;
  layers?: number | undefined;
  /** Tokens that the model was made for. */
  trainedContext?: number | undefined;
  /** Bytes that each token of context takes at 16 bits a value; more than is used where layers look at few tokens only. */
  cacheBytesPerToken?: number | undefined;
  chatTemplate: 'present' | 'absent';
}

/** Values worth keeping are small; a file that claims otherwise is not read. */
const longestText = 64 * 1024 * 1024;
const longestList = 10_000_000;
const mostKeys = 100_000;
const keptNumbers = 4096;
const chunkBytes = 1024 * 1024;

/**
 * Reads the description at the beginning of a GGUF file, which may come from anywhere.
 * @throws MultiagentError `model.not_gguf` where the file cannot be read or is none.
 */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  try {
    await using file = await open(path);
    return describe(await new GgufReader(file).metadata());
  } catch (error) {
    throw new MultiagentError({
      code: 'model.not_gguf',
      message: `${path} cannot be read as a GGUF model: ${(error as Error).message}`,
      hint: 'Give a whole model file in the GGUF format; a download that stopped early or saved a web page looks like this too.',
      cause: error,
    });
  }
}

type Value = number | string | number[] | undefined;

function describe(values: ReadonlyMap<string, Value>): GgufHeader {
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

/** Bytes of a value by its type's number; 8 is a text, 9 a list. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

class GgufReader {
  readonly #file: FileHandle;
  #buffer = Buffer.alloc(0);
  #at = 0;
  #filePosition = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async metadata(): Promise<Map<string, Value>> {
    if ((await this.#take(4)).toString('latin1') !== 'GGUF') throw new Error('it does not begin with "GGUF"');
    const version = await this.#number(4);
    if (version !== 2 && version !== 3) throw new Error(`version ${version} of the format is not known`);
    await this.#number(10);
    const count = await this.#count(mostKeys);
    const values = new Map<string, Value>();
    for (let index = 0; index < count; index += 1) {
      const key = (await this.#take(await this.#count(longestText))).toString('utf8');
      values.set(key, await this.#value(await this.#number(4)));
    }
    return values;
  }

  async #value(type: number): Promise<Value> {
    if (type === 8) return (await this.#take(await this.#count(longestText))).toString('utf8');
    if (type !== 9) return this.#number(type);
    const element = await this.#number(4);
    const length = await this.#count(longestList);
    const size = sizes[element];
    if (size !== undefined && length > keptNumbers) {
      this.#skip(size * length);
      return undefined;
    }
    const numbers: number[] = [];
    for (let index = 0; index < length; index += 1) {
      if (size !== undefined) numbers.push(await this.#number(element));
      else if (element === 8) this.#skip(await this.#count(longestText));
      else throw new Error('it holds a list of lists');
    }
    return numbers;
  }

  async #count(most: number): Promise<number> {
    const count = await this.#number(10);
    if (count > most) throw new Error('it claims to hold more than any model does');
    return count;
  }

  async #number(type: number): Promise<number> {
    const size = sizes[type];
    if (size === undefined) throw new Error(`it holds a value of the unknown type ${type}`);
    const bytes = await this.#take(size);
    if (type === 6) return bytes.readFloatLE();
    if (type === 12) return bytes.readDoubleLE();
    if (type === 11) return Number(bytes.readBigInt64LE());
    if (type === 10) return Number(bytes.readBigUInt64LE());
    return type % 2 === 1 && type !== 7 ? bytes.readIntLE(0, size) : bytes.readUIntLE(0, size);
  }

  #skip(count: number): void {
    const held = Math.min(count, this.#buffer.length - this.#at);
    this.#at += held;
    this.#filePosition += count - held;
  }

  async #take(count: number): Promise<Buffer> {
    if (this.#buffer.length - this.#at < count) {
      const rest = this.#buffer.subarray(this.#at);
      const chunk = Buffer.alloc(Math.max(chunkBytes, count));
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, this.#filePosition);
      this.#filePosition += bytesRead;
      this.#buffer = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      this.#at = 0;
      if (this.#buffer.length < count) throw new Error('it ends too early');
    }
    const bytes = this.#buffer.subarray(this.#at, this.#at + count);
    this.#at += count;
    return bytes;
  }
}
