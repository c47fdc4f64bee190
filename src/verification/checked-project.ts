import { folderOf } from '../files/names/path-parts.ts';
import type { CheckedFiles } from './checked-files.ts';

export interface FileText {
  path: string;
  text: string;
}

/** Folders of packages and build output: the team did not write these files. */
const others = /(?:^|\/)(?:node_modules|site-packages|\.venv|venv|\.git|target|dist|build|vendor|__pycache__)\//;
/** Less than this is enough to tell what kind of file it is. */
const mostCharacters = 256 * 1024;

/** Whether the text is the whole file: a list of versions that breaks off in the middle is worse than none. */
export function isWhole({ text }: FileText): boolean {
  return text.length < mostCharacters;
}

/** The files of a check as recipes see them: each is read once, however many ask. */
export class CheckedProject {
  readonly paths: readonly string[];
  readonly #read: CheckedFiles['read'];
  readonly #texts = new Map<string, Promise<string>>();

  constructor({ paths, read }: CheckedFiles) {
    this.paths = paths.filter((path) => !others.test(path)).toSorted();
    this.#read = read;
  }

  find(pattern: RegExp): string[] {
    return this.paths.filter((path) => pattern.test(path));
  }

  /** The content of a file; empty if it is missing or not text. */
  text(path: string): Promise<string> {
    const known = this.#texts.get(path) ?? this.#read(path).then((text) => (text ?? '').slice(0, mostCharacters));
    this.#texts.set(path, known);
    return known;
  }

  /** The files whose paths match, with their content. */
  async texts(pattern: RegExp): Promise<FileText[]> {
    const files: FileText[] = [];
    // One after the other: a project may have thousands.
    for (const path of this.find(pattern)) files.push({ path, text: await this.text(path) });
    return files;
  }

  /** The folders that hold a file of this name, without those inside another one; empty for the folder of all files. */
  foldersWith(name: string): string[] {
    const found = this.paths.filter((path) => path === name || path.endsWith(`/${name}`)).map(folderOf);
    return found.filter((folder) => !found.some((outer) => outer !== folder && isInside(folder, outer)));
  }
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
