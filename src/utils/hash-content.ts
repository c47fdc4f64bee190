import { createHash } from 'node:crypto';

/** The SHA-256 of the content in hexadecimal; for a text, of its UTF-8 bytes. */
export function hashContent(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
