import type { AgentReply } from '../../agents/task-session.ts';
import type { CallResult } from '../../events/native-call.ts';
import { renderFiles } from '../../llm/transcript.ts';
import { answersMessage } from '../../tools/calls/calls-as-text.ts';
import { type AskedNatively, type CallsOfReply, isNative } from '../../tools/calls/calls-of-reply.ts';
import type { AskedCall } from '../../tools/prepare-call.ts';
import { parseJson } from '../../utils/parse-json.ts';
import { activitiesBefore } from '../activities/activities-before.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import { showFiles } from '../showing/show-files.ts';
import type { StepOptions } from '../step-kind.ts';
import { mistakesIn } from './call-mistakes.ts';
import { callTool } from './call-tool.ts';

export interface CallAndGoOnOptions {
  step: StepOptions;
  conversation: TaskConversation;
  calls: CallsOfReply;
}

/** Where nobody knows how much fits. */
const usualRoom = 8000;
/** The rest is for what the model says to it, and for more calls. */
const shareOfRoom = 0.5;
/** Native calls of one reply that are made. */
const mostAtOnce = 50;
/** Of replies whose native calls are mistaken: the first is told what was wrong with it, with the next the way is changed. */
const mostMistakes = 2;

const leftOut = 'It was left out: call fewer at once.';
const unreadable =
  'Your call of a tool could not be read, and nothing was called. Call it once more: one tool, by its name, with its arguments as one JSON object.';
const nowInText =
  'Your calls of tools could not be read. From now on call them in your text, each on a line of its own, as it stands above.';

/** Does what a reply calls, tells the model what came of it, behind all that was said, and lets it go on. */
export async function callAndGoOn({ step, conversation, calls: { calls, more } }: CallAndGoOnOptions): Promise<AgentReply> {
  const room = Math.floor((conversation.room() ?? usualRoom) * shareOfRoom);
  const mistakes = await noteMistakes(step, conversation);
  if (calls.length === 0) return conversation.goOn(mistakes < mostMistakes ? unreadable : nowInText);
  const native = calls.filter(isNative);
  if (native.length > 0) return conversation.tellResults(await resultsOf(step, conversation, native, room));
  // Whole files are shown like those that a model asks for otherwise: they count as seen, and may be replaced.
  const paths = calls.flatMap((call) => wholeFile(call) ?? []);
  const files = paths.length === 0 ? '' : (await showFiles({ step, conversation, paths, why: 'asked', room })).text;
  const others = calls.filter((call) => wholeFile(call) === undefined);
  const left = Math.max(0, room - step.run.modelOf(step.task).estimate.ofText(files));
  const told: string[] = [];
  for (const each of others) {
    const { call, said } = await callTool({ step, conversation, call: each, room: Math.floor(left / others.length) });
    told.push(`${call}:\n${renderFiles([{ path: '', content: said }]).trimEnd()}`);
  }
  const beyond = more === 0 ? [] : [`${more} more of your calls were left out: call fewer at once.`];
  return conversation.goOn(answersMessage([files.trimEnd(), ...told, ...beyond]));
}

/** What each native call says. */
async function resultsOf(
  step: StepOptions,
  conversation: TaskConversation,
  calls: readonly AskedNatively[],
  room: number,
): Promise<CallResult[]> {
  const { estimate } = step.run.modelOf(step.task);
  const results: CallResult[] = [];
  let left = room;
  for (const [place, call] of calls.entries()) {
    if (place >= mostAtOnce) {
      results.push({ id: call.id, text: leftOut });
      continue;
    }
    const share = Math.floor(left / (Math.min(calls.length, mostAtOnce) - place));
    const path = wholeFile(call);
    const text =
      path === undefined
        ? (await callTool({ step, conversation, call, room: share })).said
        : (await showFiles({ step, conversation, paths: [path], why: 'asked', room: share })).text.trimEnd();
    left = Math.max(0, left - estimate.ofText(text));
    results.push({ id: call.id, text });
  }
  return results;
}

/** Changes the way where too many replies of the task are mistaken, up to the last one. @returns how many. */
async function noteMistakes({ run, task }: StepOptions, conversation: TaskConversation): Promise<number> {
  const { state } = run.journal;
  const last = state.activities.get(conversation.last ?? '');
  const mistakes = mistakesIn(task, [
    ...activitiesBefore(state, task.task, conversation.last ?? ''),
    ...(last === undefined ? [] : [last]),
  ]);
  if (mistakes >= mostMistakes) await conversation.callInText('its native calls were twice such as cannot be read');
  return mistakes;
}

/** The path of a call that reads a file from its beginning to its end. */
function wholeFile({ name, given }: AskedCall): string | undefined {
  if (name !== 'read_file') return undefined;
  const values =
    given.kind === 'json' ? Object.entries(parseJson(given.text) ?? {}) : [...given.positional.entries(), ...Object.entries(given.named)];
  const [[key, path] = []] = values;
  return values.length === 1 && (key === 0 || key === 'path') && typeof path === 'string' ? path : undefined;
}
