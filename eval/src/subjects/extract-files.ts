import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { checkPath } from '../../../src/files/disk/path-policy.ts';
import type { FileBlock } from '../../../src/files/file-blocks.ts';
import { FileWriter } from '../../../src/files/file-writer.ts';
import { extensionOfLanguage, isMarkdownLanguage, isMarkdownPath, languageOfInfo } from '../../../src/files/names/languages.ts';
import type { Task } from '../tasks/task.ts';

export interface ExtractOptions {
  reply: string;
  task: Pick<Task, 'files' | 'project'>;
  /** Where the files go; exists. */
  folder: string;
}

/**
 * The files of a reply to one prompt, read as a willing person would: names as the product reads them, then blocks that bear a demanded file's last
 * part, then blocks without a name for what is still missing, and a reply without any block as the one file that was demanded,
 * and so a reply that is a document with examples in it, where a document was.
 */
export async function extractFiles({ reply, task, folder }: ExtractOptions): Promise<void> {
  const contents = new Map(task.project.map(({ path, content }) => [path, content]));
  const writer = new FileWriter({ folder, readBase: async (path) => contents.get(path) });
  const { written } = await writer.writeCodeBlocks(reply, 'direct', 'direct', { order: 1, unnamed: 'ignore' });
  const there = new Set(written.map(({ path }) => path).filter((path) => task.files.includes(path)));
  const missing = task.files.filter((path) => !there.has(path));
  const blocks = writer.parseCodeBlocks(reply).filter(({ change, content }) => change.kind === 'whole' && content.trim() !== '');
  const found = assign(missing, blocks, there);
  const [only, ...others] = task.files;
  const isAlone = only !== undefined && others.length === 0 && missing.length === 1 && reply.trim() !== '';
  if (isAlone && (blocks.length === 0 || isDocumentItself(only, blocks))) found.set(only, `${reply.trim()}\n`);
  for (const [path, content] of found) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

/** A document that was asked for may be the reply itself: its blocks are examples then, and none of them is a document. */
function isDocumentItself(path: string, blocks: readonly FileBlock[]): boolean {
  return isMarkdownPath(path) && !blocks.some((block) => isMarkdownLanguage(languageOfInfo(block.info)) || isMarkdownPath(block.path));
}

/** Which content goes to which of the files that are missing. */
function assign(missing: readonly string[], blocks: readonly FileBlock[], there: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  const unused = new Set(blocks.filter(({ path, format }) => !there.has(path) || format === 'inferred'));
  const take = (path: string, block: FileBlock | undefined) => {
    if (block === undefined) return;
    found.set(path, block.content);
    unused.delete(block);
  };
  // Also what the product refused to write, such as a file that leaves a part out: a person would have copied it.
  const sameName = (path: string, block: FileBlock) => block.path === path || basename(block.path) === basename(path);
  for (const path of missing) take(path, largest([...unused].filter((block) => sameName(path, block))));
  const open = missing.filter((path) => !found.has(path));
  const unnamed = () => [...unused].filter(({ format, path }) => format === 'inferred' || checkPath(path).kind !== 'accepted');
  for (const path of open) {
    const fitting = unnamed().filter((block) => fits(path, block));
    take(path, missing.length === 1 ? (largest(fitting) ?? largest(unnamed())) : fitting[0]);
  }
  return found;
}

function largest(blocks: readonly FileBlock[]): FileBlock | undefined {
  return blocks.toSorted((one, other) => other.content.length - one.content.length)[0];
}

/** Whether a block may be this file, as far as its language says; without one it may be any. */
function fits(path: string, { info }: FileBlock): boolean {
  const extension = extensionOfLanguage(languageOfInfo(info));
  return extension === undefined || `.${extension}` === extname(path);
}
