import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The program as its source, which each start has to strip of its types. */
export const sourceOfCommand = join(root, 'src/cli/multiagent.ts');
const builtCommand = join(root, 'dist/cli/multiagent.js');

/** What tests start: the program as people have it, where it was built from what stands here (`npm ci`, `npm run build`), and else its source, which takes twice as long. */
export const commandFile = isNewerThan(builtCommand, join(root, 'src')) ? builtCommand : sourceOfCommand;

/** Whether a file was written after everything in a folder, and after the last time that something was added or removed there. */
export function isNewerThan(file: string, folder: string): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (written === undefined) return false;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [folder, ...names.map((name) => join(folder, name))].every((path) => statSync(path).mtimeMs <= written);
}
