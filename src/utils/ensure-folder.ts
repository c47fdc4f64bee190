import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mkdirSync, statSync } from 'node:fs';

/**
 * Creates a folder and those above it. Unlike the recursive option of `mkdir`, it also ends on a file system that refuses new folders by answering "no such
 * path". `made`: it did not exist before.
 * @throws the system's error.
 */
export async function ensureFolder(path: string): Promise<'made' | 'there'> {
  try {
    await mkdir(path);
    return 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return 'there';
    if (code !== 'ENOENT' || dirname(path) === path || (await exists(dirname(path)))) throw error;
    await ensureFolder(dirname(path));
    return ensureFolder(path);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** `ensureFolder` for what is opened before anything else can run. @throws the system's error. */
export function ensureFolderSync(path: string): 'made' | 'there' {
  try {
    mkdirSync(path);
    return 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return 'there';
    const above = dirname(path);
    if (code !== 'ENOENT' || above === path || statSync(above, { throwIfNoEntry: false }) !== undefined) throw error;
    ensureFolderSync(above);
    return ensureFolderSync(path);
  }
}
