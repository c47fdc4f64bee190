import process from 'node:process';
import { printable, printableLine } from '../../utils/printable.ts';
import { listedWorkflowsHere, originOf, workflowsHere } from '../definitions.ts';
import { workspaceHere } from '../places-here.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent workflows list` */
export async function listWorkflows(): Promise<void> {
  const workflows = await listedWorkflowsHere(await workspaceHere(process.cwd()));
  const width = Math.max(...workflows.map(({ name }) => name.length));
  for (const { name, definition, error, ...entry } of workflows) {
    const from = originOf(entry, process.cwd()).map((origin) => ` (${origin})`);
    const what =
      definition === undefined
        ? `cannot be used: ${error?.message}`
        : `${`${definition.steps.length} ${definition.steps.length === 1 ? 'step' : 'steps'}`.padEnd(7)}  ${definition.description}`;
    writeFolded(`${name.replaceAll('_', '-').padEnd(width)}  ${printable(what)}${from.map(printableLine).join('')}\n`);
  }
}

/** `multiagent workflows show <workflow>` */
export async function showWorkflow(name: string): Promise<void> {
  const [{ isAgentStep }, { rolesHere }] = await Promise.all([import('../../workflows/workflow-schema.ts'), import('../roles-here.ts')]);
  const workspace = await workspaceHere(process.cwd());
  const catalogue = await workflowsHere(workspace);
  const { name: known, title, description, steps } = catalogue.get(name);
  const roles = rolesHere(workspace);
  const origin = catalogue.entries().find((entry) => entry.name === known);
  const from = origin === undefined ? [] : originOf(origin, process.cwd());
  const lines = [`${title} (${[known.replaceAll('_', '-'), ...from.map(printableLine)].join('; ')})`, description, ''];
  for (const [index, step] of steps.entries()) {
    const after = step.depends_on.map((id) => steps.findIndex((other) => other.id === id) + 1).join(', ');
    const behind = after ? `, after ${after}` : '';
    const role = isAgentStep(step) ? (roles.find(step.role)?.title ?? step.role) : undefined;
    lines.push(
      `${index + 1}. ${isAgentStep(step) ? step.task_type : step.id}: ${step.description}`,
      `   ${role === undefined ? step.kind : `${role}, delivers ${String(step['expects'])}`}${behind}`,
    );
  }
  writeFolded(`${lines.join('\n')}\n`);
}
