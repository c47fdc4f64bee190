import { roles } from '../../agents/role.ts';
import { isAgentStep } from '../../workflows/workflow-schema.ts';
import { WorkflowCatalogue } from '../../workflows/workflow-catalogue.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent workflows list` */
export function listWorkflows(): void {
  const workflows = new WorkflowCatalogue().list();
  const width = Math.max(...workflows.map(({ name }) => name.length));
  for (const { name, description, steps } of workflows) {
    writeFolded(`${name.replaceAll('_', '-').padEnd(width)}  ${steps.length} steps  ${description}\n`);
  }
}

/** `multiagent workflows show <workflow>` */
export function showWorkflow(name: string): void {
  const { name: known, title, description, steps } = new WorkflowCatalogue().get(name);
  const lines = [`${title} (${known.replaceAll('_', '-')})`, description, ''];
  for (const [index, step] of steps.entries()) {
    const after = step.depends_on.map((id) => steps.findIndex((other) => other.id === id) + 1).join(', ');
    const behind = after ? `, after ${after}` : '';
    const role = isAgentStep(step) ? (roles.find(({ id }) => id === step.role)?.title ?? step.role) : undefined;
    lines.push(
      `${index + 1}. ${isAgentStep(step) ? step.task_type : step.id}: ${step.description}`,
      `   ${role === undefined ? step.kind : `${role}, delivers ${String(step['expects'])}`}${behind}`,
    );
  }
  writeFolded(`${lines.join('\n')}\n`);
}
