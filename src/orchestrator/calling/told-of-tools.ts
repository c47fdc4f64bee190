import type { Task } from '../../agents/task.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';

type Calls = NonNullable<TaskRecord['calls']>;

/**
 * What an agent is told about tools that it calls in text. With examples of calls, and not their forms, a model of 1.5B wrote sound ones in three of three replies
 * (docs/evaluation.md).
 */
export function callsInText(calls: Calls, registry: ToolRegistry, expects: Task['expects']): string {
  return [
    'You can call these tools before you give the result of this step:',
    registry.describeAsText(),
    ...aboutCommands(calls),
    `Reply with nothing but the calls that you need now, each on a line of its own, without a code block. You are then shown what they say, and go on. When you know enough, reply with ${results[expects]} and without any call.`,
  ].join('\n\n');
}

/** What an agent is told about tools that it calls natively: its server tells it which there are. */
export function callsNativelyToo(calls: Calls, expects: Task['expects']): string {
  return [
    'You can call tools before you give the result of this step. No tool writes files: they stand in your reply.',
    ...aboutCommands(calls),
    `When you know enough, reply with ${results[expects]} and call nothing.`,
  ].join('\n\n');
}

const results = { files: 'the files of this step', text: 'the text of this step', either: 'what this step asks for' } as const;

function aboutCommands({ tools }: Calls): string[] {
  return tools.includes('execute_command') ? ['Commands run on a copy of the files: what they change there is gone afterwards.'] : [];
}

/** A task with what its agent is told beside the step's own words. Without any, its messages are to the byte what they are without tools. */
export function withWords(told: Task, words: string): Task {
  if (words === '') return told;
  return { ...told, instructions: [told.instructions ?? '', words].filter((text) => text !== '').join('\n\n') };
}
