import type { Usage } from '../../events/usage.ts';
import type { CallPart, ChatModel, ChatRequest } from '../../llm/chat-model.ts';

export interface ProbeReply {
  /** Text and reasoning: a thinking model may spend a short reply on reasoning alone. */
  text: string;
  reasoning: string;
  /** What it calls natively. */
  called: CallPart[];
  usage: Usage;
}

/** Asks a short question at temperature 0. @throws what the model throws. */
export async function askProbe(model: ChatModel, request: ChatRequest): Promise<ProbeReply> {
  const reply: ProbeReply = { text: '', reasoning: '', called: [], usage: {} };
  for await (const part of model.stream({ ...request, sampling: { temperature: 0, ...request.sampling } })) {
    if (part.type === 'text') reply.text += part.text;
    if (part.type === 'reasoning') reply.reasoning += part.text;
    if (part.type === 'tool_call') reply.called.push(part);
    if (part.type === 'thoughts_ended') Object.assign(reply, { text: '', reasoning: reply.reasoning + reply.text });
    if (part.type === 'end') reply.usage = part.usage;
  }
  return reply;
}
