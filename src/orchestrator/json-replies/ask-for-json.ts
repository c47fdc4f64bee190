import type { AgentReply } from '../../agents/task-session.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { Finding } from '../../agents/loop/finding.ts';
import { followSteps } from '../../agents/loop/follow-steps.ts';
import type { Tried } from '../../agents/loop/next-step.ts';
import { notManaged } from '../judging/not-managed.ts';
import { incompleteReply } from '../judging/reply/incomplete-reply.ts';
import { wholeStep } from '../../agents/loop/turn-bounds.ts';
import type { StepOptions } from '../step-kind.ts';
import type { JsonShape } from './json-shape.ts';
import { readJsonReply } from './read-json-reply.ts';

export interface AskForJsonOptions<Value> {
  step: StepOptions;
  conversation: Pick<TaskConversation, 'ask'>;
  shape: JsonShape<Value>;
  /** Asks for the first time, with the schema of the shape. */
  begin: () => Promise<AgentReply>;
}

interface ReadReply<Value> extends Tried {
  value?: Value | undefined;
}

/** A reply that is asked for once more is to be another one. */
const warmer = 0.3;
const warmest = 1;

/**
 * Asks for a JSON value of a shape, and checks it, whatever the server promises: a reply that is none gets one corrective turn, which names the faults.
 * @throws MultiagentError `reply.not_json` where that is none either; `reply.incomplete` where a person's own limit cut it; what the model throws. The replies are
 * in the journal.
 */
export async function askForJson<Value>({ step, conversation, shape, begin }: AskForJsonOptions<Value>): Promise<Value> {
  const { run, task } = step;
  const { temperature = 0.7 } = run.modelOf(task).limitsOf(task).sampling;
  const read = (by: Tried['by'], reply: AgentReply): ReadReply<Value> => {
    const { value, findings } = readReply(reply, shape);
    return { by, findings, value };
  };
  const end = await followSteps<ReadReply<Value>>({
    bounds: wholeStep,
    begin: async () => read('first', await begin()),
    act: async (next) => {
      const correction = next.kind === 'correct' ? (next.finding.correction ?? '') : '';
      const sampling = { temperature: Math.min(warmest, temperature + warmer) };
      return read('correct', await conversation.ask(correction, { schema: shape.schema, sampling }));
    },
  });
  if (end.kind === 'accepted') return end.reply.value as Value;
  throw notManaged({ taskType: task.taskType, findings: end.findings, replies: end.tried.length });
}

/** What a reply says of the value that it was to be. */
export function readReply<Value>(reply: AgentReply, shape: JsonShape<Value>): { value?: Value; findings: Finding[] } {
  const json = readJsonReply(reply.text);
  if (json !== undefined) {
    const given = shape.read(json);
    if ('value' in given) return { value: given.value, findings: [] };
    const faults = given.faults.map((fault) => `- ${fault}`).join('\n');
    const correction = `This does not fit the JSON Schema of this step:\n${faults}\n\nGive the whole JSON value again, corrected, and nothing else.`;
    return { findings: [notJson(`the reply does not fit its schema (${given.faults.join('; ')})`, correction)] };
  }
  if (reply.finishReason === 'length') {
    const { code, message, hint } = incompleteReply(reply);
    return { findings: [{ code, message, hint, remedy: 'none' }] };
  }
  const isCut = reply.finishReason !== 'stop';
  const correction = `Your last reply is ${isCut ? 'no complete JSON value: it was too long' : 'no JSON'}. Give one JSON value for this step now${isCut ? ', a shorter one' : ''}, and nothing else.`;
  return { findings: [notJson(isCut ? 'the reply broke off before its JSON value was complete' : 'the reply is no JSON', correction)] };
}

function notJson(message: string, correction: string): Finding {
  return { code: 'reply.not_json', message, remedy: 'correct', correction, hint };
}

const hint =
  'A model server that supports JSON Schemas makes replies keep to them; "multiagent doctor" says whether yours does. The replies are kept in the journal.';
