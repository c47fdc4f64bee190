/** Values of a GGUF file's description: numbers are written as 32 bits, lists as lists of these or of texts. */
export type GgufValues = Record<string, number | string | number[] | string[]>;

/** The beginning of a GGUF file, byte for byte. */
export function ggufBytes(values: GgufValues): Buffer {
  const parts = [Buffer.from('GGUF'), number32(3), number64(0), number64(Object.keys(values).length)];
  for (const [key, value] of Object.entries(values)) parts.push(text(key), Buffer.concat(typed(value)));
  return Buffer.concat(parts);
}

function typed(value: GgufValues[string]): Buffer[] {
  if (typeof value === 'number') return [number32(4), number32(value)];
  if (typeof value === 'string') return [number32(8), text(value)];
  const texts = typeof value[0] === 'string';
  return [
    number32(9),
    number32(texts ? 8 : 4),
    number64(value.length),
    ...value.map((element) => (typeof element === 'string' ? text(element) : number32(element))),
  ];
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([number64(bytes.length), bytes]);
}

function number32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function number64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}
