import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileWriter, type FileWriterOptions } from '../../src/files/file-writer.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** As contents are named: SHA-256, hexadecimal. */
export const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** A writer into a folder of its own inside a temporary one, so that what lands beside it is seen. */
export async function setUp(options: Partial<FileWriterOptions> = {}) {
  const temporary = await temporaryFolder();
  const folder = join(temporary.path, 'run');
  const kept = new Map<string, string>();
  const keepContent = async (content: Uint8Array) => {
    kept.set(hash(content), Buffer.from(content).toString('utf8'));
    return hash(content);
  };
  return {
    writer: new FileWriter({ folder, keepContent, ...options }),
    kept,
    folder,
    outside: temporary.path,
    read: (path: string) => readFile(join(folder, path), 'utf8'),
    [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose](),
  };
}

/** A fenced block with this info string. */
export const block = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`;
