import type { CallResult } from '../../events/native-call.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import type { ToolDescription } from '../../llm/tool-description.ts';
import { renderTranscript, type Turn } from '../../llm/transcript.ts';
import type { ReplyRecord } from '../../state/run/run-state.ts';
import { callsAnswered, callsAsText } from '../../tools/calls/calls-as-text.ts';
import type { RoleModel, RunContext } from '../run-context.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { turnsOf } from './task-transcript.ts';

/** What an agent may call natively. */
export interface OfferedTools {
  /** The same for the whole task: they stand at the beginning of its prompts. */
  tools: readonly ToolDescription[];
  /** What it is told behind its first message where it calls in text all the same. */
  inText: string;
}

/** What is sent to a model. */
export interface Prompt {
  tools: readonly ToolDescription[] | undefined;
  calling: ReplyRecord['calling'];
  /** The messages when this much of the reply has arrived. */
  messagesFor: (text: string) => ChatMessage[];
}

/** Whose prompt it is. */
export interface PromptOwner {
  run: Pick<RunContext, 'journal' | 'preamble' | 'agentOf' | 'modelOf'>;
  /** The system message. */
  system: string;
  assignment: Pick<TaskAssignment, 'task'>;
  offered?: OfferedTools | undefined;
}

/** One exchange, and what stands before it. */
export interface Exchange {
  /** Tasks whose turns come first. */
  turns: readonly string[];
  /** Earlier exchanges of the task itself. */
  own: readonly Turn[];
  message: string;
  results: readonly CallResult[] | undefined;
}

/** The prompt of an exchange for this model, which may be one that stands in, and calls in another way. */
export function promptOf(
  { run, system, assignment, offered }: PromptOwner,
  role: RoleModel,
  { turns, own, message, results }: Exchange,
): Prompt {
  const { input, tasks } = run.journal.state;
  const task = tasks.get(assignment.task);
  const isNative = offered !== undefined && role.calls === 'native' && task?.callsInText === undefined;
  const inText = isNative ? undefined : offered?.inText;
  const [asked, ...others] = own;
  const exchanges = asked === undefined ? [] : [inText === undefined ? asked : withWords(asked, inText), ...others];
  // Where nothing was said before, the message itself is what was asked first.
  const last = asked === undefined && inText !== undefined ? `${message}\n\n${inText}` : message;
  const render = (saved: string) =>
    renderTranscript({ system, input, turns: [...turnsOf(run, task, turns), ...exchanges], message: last, results, saved });
  return {
    tools: isNative ? offered.tools : undefined,
    calling: offered === undefined ? undefined : isNative ? 'native' : 'in_text',
    messagesFor: (saved) => (isNative ? callsAnswered(render(saved)) : callsAsText(render(saved))),
  };
}

/** An exchange with more words behind what was asked. */
function withWords({ task, messages: [asked, ...replies] }: Turn, words: string): Turn {
  if (asked === undefined) return { task, messages: replies };
  return { task, messages: [{ ...asked, content: [...asked.content, { type: 'text', text: `\n\n${words}` }] }, ...replies] };
}
