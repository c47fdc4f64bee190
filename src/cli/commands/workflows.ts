import { basename } from 'node:path';
import process from 'node:process';
import { printable, printableLine } from '../../utils/printable.ts';
import { stepsWithin } from '../../workflows/steps-within.ts';
import { leftOutSentence, listedWorkflowsHere, originOf } from '../definitions/workflows-here.ts';
import { workspaceHere } from '../places-here.ts';
import { writeFolded } from '../write-folded.ts';

export interface JsonOption {
  json?: boolean | undefined;
}

/** `multiagent workflows list` */
export async function listWorkflows({ json }: JsonOption): Promise<void> {
  const { workflows, leftOut } = await listedWorkflowsHere(await workspaceHere(process.cwd()));
  if (json) {
    const listed = workflows.map(({ name, layer, path: file = null, definition, error }) => {
      const path = layer === 'built_in' ? null : file;
      return definition === undefined
        ? { name, layer, path, error: { code: error?.code, message: error?.message } }
        : { name, layer, path, title: definition.title, description: definition.description, steps: stepsWithin(definition.steps).length };
    });
    const others = leftOut.map(({ layer, path, reason }) => ({
      name: basename(path),
      layer,
      path,
      error: { code: 'workflow.left_out', message: reason },
    }));
    const { safeJson } = await import('../safe-json.ts');
    process.stdout.write(`${safeJson([...listed, ...others])}\n`);
    return;
  }
  const width = Math.max(...workflows.map(({ name }) => name.length));
  for (const { name, definition, error, ...entry } of workflows) {
    const from = originOf(entry, process.cwd()).map((origin) => ` (${origin})`);
    const what =
      definition === undefined
        ? `cannot be used: ${error?.message.split(':\n', 1)[0]?.replace(/\.$/, '')}. See: multiagent workflows validate ${name.replaceAll('_', '-')}`
        : `${countOf(stepsWithin(definition.steps).length).padEnd(7)}  ${definition.description}`;
    writeFolded(`${name.replaceAll('_', '-').padEnd(width)}  ${printable(what)}${from.map(printableLine).join('')}\n`);
  }
  for (const file of leftOut) writeFolded(`${printableLine(leftOutSentence(file, process.cwd()))}\n`);
}

function countOf(steps: number): string {
  return steps === 1 ? '1 step' : `${steps} steps`;
}
