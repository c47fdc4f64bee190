import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles } from '../tasks/list-files.ts';
import type { ProjectFile } from '../tasks/task.ts';

/** A folder that is removed with everything in it when it goes out of scope. */
export async function scratchFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'eval-')));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}

export async function writeFiles(folder: string, files: readonly ProjectFile[]): Promise<void> {
  for (const { path, content } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

/** Copies the regular files of a folder over what lies there. */
export async function overlay(from: string, to: string): Promise<void> {
  for (const path of listFiles(from)) {
    const target = join(to, path);
    // A file may stand where the other has a folder, or the other way round.
    await mkdir(dirname(target), { recursive: true }).catch(async () => {
      await rm(dirname(target), { force: true });
      await mkdir(dirname(target), { recursive: true });
    });
    await rm(target, { recursive: true, force: true });
    await copyFile(join(from, path), target);
  }
}
