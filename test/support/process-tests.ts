import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What starts processes, or has a model of its own write: whoever uses it waits for what other programs of the machine leave over. */
const starts =
  /from 'node:(?:child_process|worker_threads)'|from '[./]+src\/local-engine\/(?:managed\/(?:start|supervise)-|embedded\/(?:start-embedded-server|server-child|load-engine|engine)\.ts)|from '[./]+src\/orchestrator\/checks\/run-user-command\.ts'|from '[./]+src\/tools\/mcp\/mcp-servers\.ts'|\b(?:checkRun|tryExamples)\(|fake-mcp-server\/main\.ts|support\/browser-here\.ts'|\bverify: '(?:auto|required)'/;
/** Where what tests share stands; the proving ground runs what was written. */
const shared = ['test', 'eval'];
const ownImports = /^(?:import|export|\}) ?.*from '(\.[^']*\.ts)';$/gm;

/**
 * The test files that wait for processes or terminals, themselves or in what they share with others: a project of their own has the limits that fit.
 * @param root Of the repository.
 */
export function processTests(root: string): string[] {
  const known = new Map<string, boolean>();
  const waits = (file: string): boolean => {
    const found = known.get(file);
    if (found !== undefined) return found;
    // Files that import each other: whoever is asked first answers for all.
    known.set(file, false);
    const text = readFileSync(file, 'utf8');
    const helpers = [...text.matchAll(ownImports)].map(([, path = '']) => join(dirname(file), path));
    const answer =
      starts.test(text) || helpers.some((helper) => shared.some((folder) => helper.startsWith(join(root, folder))) && waits(helper));
    known.set(file, answer);
    return answer;
  };
  return globSync('test/**/*.test.ts', { cwd: root })
    .filter((file) => waits(join(root, file)))
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
}
