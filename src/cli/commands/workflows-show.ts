import process from 'node:process';
import { stringify } from 'yaml';
import { printableLine } from '../../utils/printable.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import { findDefinition } from '../definitions/find-definition.ts';
import { definitionsHere, originOf } from '../definitions/workflows-here.ts';
import { workspaceHere } from '../places-here.ts';
import { safeJson } from '../safe-json.ts';
import { writeText } from '../write-folded.ts';
import type { JsonOption } from './workflows.ts';

/** `multiagent workflows show <workflow>`: a definition that can be used as a file, with what it leaves out filled in. */
export async function showWorkflow(given: string, { json }: JsonOption): Promise<void> {
  const { read, layer, path } = findDefinition(given, await definitionsHere(await workspaceHere(process.cwd())));
  const definition = read();
  if (json) {
    process.stdout.write(`${safeJson(definition)}\n`);
    return;
  }
  const from = layer === 'built_in' || path === undefined ? ['built in'] : originOf({ layer: layer ?? 'user', path }, process.cwd());
  writeText(`${from.map((origin) => `# ${printableLine(origin)}\n`).join('')}${stringify(inReadingOrder(definition), { lineWidth: 120 })}`);
}

/** What a person wants to know first comes first, whatever was filled in. */
function inReadingOrder({ version, name, title, description, ...rest }: WorkflowDefinition): WorkflowDefinition {
  return { ...(version === undefined ? {} : { version }), name, title, description, ...rest };
}
