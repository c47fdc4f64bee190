import { createHash } from 'node:crypto';

/**
 * A model that is no use but for one question: does a program get through the arithmetic of quantised weights on this machine? Its weights are noise,
 * the same each time. Its matrices are those types that published Q4_K_M files are made of, and in sizes that each kernel of llama.cpp takes (rows of
 * 256, and AMX wants a multiple of 32 of them).
 */
const width = 256;
const heads = 4;
const keyHeads = 1;
const headSize = width / heads;
const vocabulary = 288;
const context = 512;
const alignment = 32;

interface Block {
  /** Its number in GGUF. */
  type: number;
  /** Of 256 weights. */
  bytes: number;
  /** 16-bit numbers that scale a block, by where they stand. Noise there would make weights of any size, or none at all. */
  scales: Readonly<Record<number, number>>;
}

const q4K: Block = { type: 12, bytes: 144, scales: { 0: 0x0c_00, 2: 0x18_00 } };
const q6K: Block = { type: 14, bytes: 210, scales: { 208: 0x04_00 } };

interface Tensor {
  name: string;
  dimensions: number[];
  type: number;
  data: Buffer;
}

/** The file, byte for byte. */
export function quantisedModel(): Buffer {
  const tensors = tensorsOf();
  const table: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const tensor of tensors) {
    const { dimensions } = tensor;
    table.push(text(tensor.name), number32(dimensions.length), ...dimensions.map(number64), number32(tensor.type), number64(offset));
    data.push(tensor.data, padding(tensor.data.length));
    offset += tensor.data.length + padding(tensor.data.length).length;
  }
  const values = describe();
  const head = Buffer.concat([Buffer.from('GGUF'), number32(3), number64(tensors.length), number64(values.length), ...values, ...table]);
  return Buffer.concat([head, padding(head.length), ...data]);
}

function tensorsOf(): Tensor[] {
  return [
    matrix('token_embd.weight', width, vocabulary, q4K),
    ones('blk.0.attn_norm.weight'),
    matrix('blk.0.attn_q.weight', width, width, q4K),
    matrix('blk.0.attn_k.weight', width, keyHeads * headSize, q4K),
    matrix('blk.0.attn_v.weight', width, keyHeads * headSize, q6K),
    matrix('blk.0.attn_output.weight', width, width, q4K),
    ones('blk.0.ffn_norm.weight'),
    matrix('blk.0.ffn_gate.weight', width, width, q4K),
    matrix('blk.0.ffn_up.weight', width, width, q4K),
    matrix('blk.0.ffn_down.weight', width, width, q4K),
    ones('output_norm.weight'),
    matrix('output.weight', width, vocabulary, q6K),
  ];
}

function matrix(name: string, columns: number, rows: number, { type, bytes, scales }: Block): Tensor {
  const outputLength = ((columns * rows) / 256) * bytes;
  const data = createHash('shake256', { outputLength }).update(name).digest();
  for (let block = 0; block < data.length; block += bytes)
    for (const [place, scale] of Object.entries(scales)) data.writeUInt16LE(scale, block + Number(place));
  return { name, dimensions: [columns, rows], type, data };
}

function ones(name: string): Tensor {
  return { name, dimensions: [width], type: 0, data: Buffer.from(new Float32Array(width).fill(1).buffer) };
}

function describe(): Buffer[] {
  // One token for each byte, so that any text can be read; the rest only fills the matrix up.
  const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  const special = ['<unk>', '<s>', '</s>'];
  const unused = Array.from({ length: vocabulary - special.length - bytes.length }, (_, index) => `<unused${index}>`);
  const kinds = [2, 3, 3, ...bytes.map(() => 6), ...unused.map(() => 5)];
  return [
    stringValue('general.architecture', 'llama'),
    stringValue('general.name', 'noise for trying out quantised arithmetic'),
    count('general.file_type', 15),
    count('general.alignment', alignment),
    count('llama.block_count', 1),
    count('llama.context_length', context),
    count('llama.embedding_length', width),
    count('llama.feed_forward_length', width),
    count('llama.attention.head_count', heads),
    count('llama.attention.head_count_kv', keyHeads),
    count('llama.rope.dimension_count', headSize),
    count('llama.vocab_size', vocabulary),
    value('llama.attention.layer_norm_rms_epsilon', 6, number32Float(1e-5)),
    stringValue('tokenizer.ggml.model', 'llama'),
    list('tokenizer.ggml.tokens', 8, [...special, ...bytes, ...unused].map(text)),
    list(
      'tokenizer.ggml.scores',
      6,
      kinds.map(() => number32Float(0)),
    ),
    list('tokenizer.ggml.token_type', 5, kinds.map(number32)),
    count('tokenizer.ggml.unknown_token_id', 0),
    count('tokenizer.ggml.bos_token_id', 1),
    count('tokenizer.ggml.eos_token_id', 2),
  ];
}

function value(key: string, type: number, content: Buffer): Buffer {
  return Buffer.concat([text(key), number32(type), content]);
}

const count = (key: string, number: number) => value(key, 4, number32(number));
const stringValue = (key: string, content: string) => value(key, 8, text(content));
const list = (key: string, type: number, elements: Buffer[]) =>
  value(key, 9, Buffer.concat([number32(type), number64(elements.length), ...elements]));

function padding(length: number): Buffer {
  return Buffer.alloc((alignment - (length % alignment)) % alignment);
}

function text(content: string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([number64(bytes.length), bytes]);
}

function number32(number: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(number);
  return buffer;
}

function number32Float(number: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(number);
  return buffer;
}

function number64(number: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(number));
  return buffer;
}
