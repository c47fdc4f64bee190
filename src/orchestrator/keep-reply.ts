import type { AgentReply } from '../agents/task-session.ts';
import type { Report } from './run-journal.ts';
import type { StepOptions } from './step-kinds/step-kind.ts';

export interface KeptReply {
  /** It holds what the step expects: files, or text. */
  usable: boolean;
  /** Why blocks that look like files were not written. */
  refused: string[];
}

/**
 * Brings a reply to the disk: its files, and for a step that expects text the reply itself as `<nn>-<task type>.md`. Of a reply that was cut off only
 * blocks that were closed are files. Each file is recorded when it is there.
 */
export async function keepReply({ run, task, assignment }: StepOptions, reply: AgentReply): Promise<KeptReply> {
  const agent = run.agentOf(task.role);
  const report = await run.files.writeCodeBlocks(reply.text, task.task, agent.role, {
    order: task.number,
    unnamed: task.expects === 'files' ? 'infer' : 'ignore',
    unclosed: reply.finishReason === 'stop' ? 'keep' : 'drop',
  });
  const reports: Report[] = [
    ...report.written.map((file) => ({ type: 'artifact.written' as const, data: { task: task.task, ...file } })),
    ...report.collisions.map((collision) => ({ type: 'artifact.collided' as const, data: { task: task.task, ...collision } })),
    ...report.refused.map(({ name, reason, sha256, range }) => ({
      type: 'artifact.refused' as const,
      data: { task: task.task, name, reason, sha256, range },
    })),
  ];
  if (task.expects === 'text' && reply.text.trim() !== '') {
    const path = `${String(task.number).padStart(2, '0')}-${task.taskType}.md`;
    const content = reply.text.endsWith('\n') ? reply.text : `${reply.text}\n`;
    const file = await run.files.writeFile({ path, content, taskId: task.task, order: task.number, format: 'reply' });
    reports.push({ type: 'artifact.written', data: { task: task.task, ...file, range: [0, reply.text.length] } });
  }
  if (reports.length > 0) await assignment.record(reports);
  return {
    usable: task.expects === 'text' ? reply.text.trim() !== '' : report.written.length > 0,
    refused: report.refused.map(({ name, reason }) => (name === '' ? reason : `${name}: ${reason}`)),
  };
}
