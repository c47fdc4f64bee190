import type { FileHandle } from 'node:fs/promises';

/** Useful values are small. Longer ones are not read. */
const longestText = 64 * 1024 * 1024;
const longestList = 10_000_000;
const mostKeys = 100_000;
const mostTensors = 1_000_000;
const mostDimensions = 8;
const keptNumbers = 4096;
const chunkBytes = 1024 * 1024;
const usualAlignment = 32;

/** Undefined: too long to be worth keeping. */
export type GgufValue = number | string | number[] | undefined;

/** Bytes of a value by its type's number; 8 is a text, 9 a list. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };

/**
 * Reads the parts of a GGUF file in their order: the values, then the places of the tensors. It trusts nothing that the file claims.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
export class GgufReader {
  readonly #file: FileHandle;
  #buffer = Buffer.alloc(0);
  #at = 0;
  #filePosition = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async metadata(): Promise<{ values: Map<string, GgufValue>; tensors: number }> {
    if ((await this.#take(4)).toString('latin1') !== 'GGUF') throw new Error('it does not begin with "GGUF"');
    const version = await this.#number(4);
    if (version !== 2 && version !== 3) throw new Error(`version ${version} of the format is unknown`);
    const tensors = await this.#count(mostTensors);
    const count = await this.#count(mostKeys);
    const values = new Map<string, GgufValue>();
    for (let index = 0; index < count; index += 1) {
      const key = (await this.#take(await this.#count(longestText))).toString('utf8');
      values.set(key, await this.#value(await this.#number(4)));
    }
    return { values, tensors };
  }

  /** The minimum length of the file, given where its last tensor begins. Call it after `metadata`. */
  async leastBytes(tensors: number, alignment: GgufValue): Promise<number> {
    let last = -1;
    for (let index = 0; index < tensors; index += 1) {
      this.#skip(await this.#count(longestText));
      const dimensions = await this.#number(4);
      if (dimensions > mostDimensions) throw new Error('it claims to hold more than any model does');
      this.#skip(8 * dimensions + 4);
      last = Math.max(last, await this.#number(10));
    }
    const end = this.#filePosition - (this.#buffer.length - this.#at);
    const step = typeof alignment === 'number' && alignment > 0 ? alignment : usualAlignment;
    return last === -1 ? end : Math.ceil(end / step) * step + last + 1;
  }

  async #value(type: number): Promise<GgufValue> {
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
