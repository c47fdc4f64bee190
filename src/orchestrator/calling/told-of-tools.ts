import type { Task } from '../../agents/task.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';

/**
 * A task with what its agent is told about the tools that it may call, beside the step's own words. With examples of calls, and not their forms, a model of 1.5B wrote
 * sound ones in three of three replies (docs/evaluation.md).
 */
export function toldOfTools(calls: TaskRecord['calls'], registry: ToolRegistry, told: Task): Task {
  if (calls === undefined) return told;
  const result = { files: 'the files of this step', text: 'the text of this step', either: 'what this step asks for' }[told.expects];
  const sentences = [
    'You can call these tools before you give the result of this step:',
    registry.describeAsText(),
    ...(calls.tools.includes('execute_command') ? ['Commands run on a copy of the files: what they change there is gone afterwards.'] : []),
    `Reply with nothing but the calls that you need now, each on a line of its own, without a code block. You are then shown what they say, and go on. When you know enough, reply with ${result} and without any call.`,
  ];
  return { ...told, instructions: [told.instructions ?? '', ...sentences].filter((text) => text !== '').join('\n\n') };
}
