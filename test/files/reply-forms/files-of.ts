import { FileWriter } from '../../../src/files/file-writer.ts';
import { findFileBlocks } from '../../../src/files/file-blocks.ts';
import { fileFormats } from '../../../src/files/file-formats.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';

export const add = 'def add(a, b):\n    return a + b\n';
export const sub = 'def sub(a, b):\n    return a - b\n';
export const script = 'export function add(a, b) {\n  return a + b;\n}\n';

export const fence = (info: string, content: string) => `\`\`\`${info}\n${content}\`\`\`\n`;
export const indent = (text: string, by: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** The files that a reply brings, by their paths. */
export function filesOf(reply: string): Record<string, string> {
  const blocks = findFileBlocks(reply, { formats: fileFormats, unnamed: 'infer' });
  return Object.fromEntries(blocks.map(({ path, content }) => [path, content]));
}

/** What a file of the user holds after a reply that changes it. */
export async function afterwards(reply: string, path: string, content: string): Promise<{ text: string; refused: string[] }> {
  await using temporary = await temporaryFolder();
  const folder = join(temporary.path, 'run');
  const readBase = async (asked: string) => (asked === path ? content : undefined);
  const writer = new FileWriter({ folder, readBase, basePaths: () => [path] });
  const report = await writer.writeCodeBlocks(reply, 'task', 'developer', { order: 2, unnamed: 'infer', expected: [] });
  const written = report.written.some((file) => file.path === path);
  return {
    text: written ? await readFile(join(folder, path), 'utf8') : content,
    refused: report.refused.map(({ code }) => code),
  };
}
