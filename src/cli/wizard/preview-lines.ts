import { printableLine } from '../../utils/printable.ts';
import { isAgentStep, type WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import { roleTitle } from '../views/live/live-task-lines.ts';
import { cutText, padText, textWidth } from '../views/text-width.ts';

/** The steps of a workflow, one per line, none wider than the terminal: number, step, role, output. */
export function previewLines({ steps }: WorkflowDefinition, columns: number): string[] {
  const room = columns - 1;
  const rows = steps.map((step) => {
    const id = printableLine(step.id);
    if (!isAgentStep(step)) return { id, role: '', expects: step.kind };
    return { id, role: roleTitle(step.role), expects: typeof step.expects === 'object' ? 'data' : step.expects };
  });
  const idWidth = Math.max(...rows.map(({ id }) => textWidth(id)));
  const roleWidth = Math.max(...rows.map(({ role }) => textWidth(role)));
  return rows.map(({ id, role, expects }, index) =>
    cutText(`  ${String(index + 1).padStart(2)}  ${padText(id, idWidth)}  ${padText(role, roleWidth)}  ${expects}`, room, '~'),
  );
}
