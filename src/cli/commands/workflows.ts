import { roles } from '../../agents/role.ts';
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
    const who = roles.find(({ id }) => id === step.role)?.title ?? step.role;
    lines.push(
      `${index + 1}. ${step.task_type}: ${step.description}`,
      `   ${who}, delivers ${step.expects}${after ? `, after ${after}` : ''}`,
    );
  }
  writeFolded(`${lines.join('\n')}\n`);
}
