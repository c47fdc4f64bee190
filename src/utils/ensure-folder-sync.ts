import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

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
