/** Reads and checks the workflows and roles that ship with the program once, when it is built, so that no command has to: `src/utils/compiled-definition.ts`. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readMarkdown } from '../src/agents/read-markdown.ts';
import { roleFrontMatter, taskFrontMatter } from '../src/agents/role-schema.ts';
import { StepKindRegistry } from '../src/orchestrator/step-kinds/step-kind-registry.ts';
import { loadWorkflow } from '../src/workflows/load-workflow.ts';

const kinds = new StepKindRegistry().declarations;
const source = join(import.meta.dirname, '..', 'src');

/** Every definition by its path from the folder of the sources. */
export function compileDefinitions(): Record<string, unknown> {
  const find = (pattern: string) =>
    globSync(pattern, { cwd: source })
      .map((path) => path.replaceAll('\\', '/'))
      .toSorted();
  return Object.fromEntries([
    ...find('workflows/templates/*.yaml').map((path) => [path, loadWorkflow(join(source, path), { kinds })]),
    ...find('agents/roles/*/*.md').map((path) => {
      const schema = basename(path) === 'role.md' ? roleFrontMatter : taskFrontMatter;
      return [path, readMarkdown(join(source, path), {}, schema)];
    }),
  ]);
}
