import { createHash } from 'node:crypto';

/** The SHA-256 of the content, hexadecimal. */
export function hashContent(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
