import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Whether a program of this name can be started with these variables. */
export function isOnPath(tool: string, { PATH = '' }: Readonly<Record<string, string>>): boolean {
  return PATH.split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .some((folder) => {
      try {
        accessSync(join(folder, tool), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
