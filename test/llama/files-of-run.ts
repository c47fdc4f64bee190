import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a run has written, by path within its folder. */
export function filesOfRun(workspace: string, run: string): Record<string, string> {
  const folder = join(workspace, 'output', 'generated', run);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
