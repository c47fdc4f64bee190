import { createHash } from 'node:crypto';

/** A text as it goes to the disk. */
export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** SHA-256 in hexadecimal. */
export async function hashContent(content: Uint8Array): Promise<string> {
  return createHash('sha256').update(content).digest('hex');
}
