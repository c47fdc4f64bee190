import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isScript, toBytes } from '../../files/disk/file-content.ts';
import { checkPath } from '../../files/disk/path-policy.ts';

/** Writes files into a new folder. A path that leads out of a folder is left out: a journal may have come along with a project. */
export async function layOutFiles(folder: string, files: readonly { path: string; content: string | Uint8Array }[]): Promise<void> {
  for (const { path, content } of files) {
    const checked = checkPath(path);
    if (checked.kind === 'refused') continue;
    const file = join(folder, checked.path);
    const bytes = toBytes(content);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes, { mode: isScript(bytes) ? 0o755 : 0o644 });
  }
}
