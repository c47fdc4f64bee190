import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Whether a program of this name can be started with these variables. */
export function isOnPath(tool: string, variables: Readonly<Record<string, string>>): boolean {
  return findOnPath(tool, variables) !== undefined;
}

/** Where the program of this name is that these variables start. */
export function findOnPath(tool: string, { PATH = '' }: Readonly<Record<string, string>>): string | undefined {
  return PATH.split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, tool))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
