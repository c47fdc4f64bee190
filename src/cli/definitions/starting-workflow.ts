import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a new workflow, which can be run at once. Its schema, for editors, is in the file `workflow.schema.json` beside it. */
export function startingWorkflow(name: string): string {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;
  return readFileSync(join(import.meta.dirname, 'starting-workflow.yaml'), 'utf8')
    .replaceAll('new_workflow', name)
    .replaceAll('new-workflow', name.replaceAll('_', '-'))
    .replaceAll('New workflow', title);
}
