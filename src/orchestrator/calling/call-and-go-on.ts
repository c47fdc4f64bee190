import type { AgentReply } from '../../agents/task-session.ts';
import type { CallInText, CallsInText } from '../../tools/calls/read-calls.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import { showFiles } from '../showing/show-files.ts';
import type { StepOptions } from '../step-kind.ts';
import { callTool } from './call-tool.ts';

export interface CallAndGoOnOptions {
  step: StepOptions;
  conversation: TaskConversation;
  calls: CallsInText;
}

/** Where nobody knows how much fits. */
const usualRoom = 8000;
/** The rest is for what the model says to it, and for more calls. */
const shareOfRoom = 0.5;

/** Does what a reply calls, tells the model what came of it, behind all that was said, and lets it go on. */
export async function callAndGoOn({ step, conversation, calls: { calls, more } }: CallAndGoOnOptions): Promise<AgentReply> {
  const room = Math.floor((conversation.room() ?? usualRoom) * shareOfRoom);
  // Whole files are shown like those that a model asks for otherwise: they count as seen, and may be replaced.
  const paths = calls.flatMap((call) => wholeFile(call) ?? []);
  const files = paths.length === 0 ? '' : (await showFiles({ step, conversation, paths, why: 'asked', room })).text;
  const others = calls.filter((call) => wholeFile(call) === undefined);
  const left = Math.max(0, room - step.run.modelOf(step.task).estimate.ofText(files));
  const told: string[] = [];
  for (const call of others) told.push(await callTool({ step, conversation, call, room: Math.floor(left / others.length) }));
  const beyond = more === 0 ? [] : [`${more} more of your calls were left out: call fewer at once.`];
  return conversation.goOn(
    ['# What your calls say', files.trimEnd(), ...told, ...beyond, 'Go on with your step now.'].filter(Boolean).join('\n\n'),
  );
}

/** The path of a call that reads a file from its beginning to its end. */
function wholeFile({ name, given: { positional, named } }: CallInText): string | undefined {
  if (name !== 'read_file' || positional.length + Object.keys(named).length !== 1) return undefined;
  const path = positional[0] ?? named['path'];
  return typeof path === 'string' ? path : undefined;
}
