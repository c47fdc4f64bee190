import { z } from 'zod';
import { sumUsage } from '../../events/sum-usage.ts';
import type { Usage } from '../../events/usage.ts';
import type { ChatMessage, ChatModel, ChatRequest, FinishReason, Sampling } from '../chat-model.ts';
import { jsonSchemaForModel } from '../chat/json-schema-for-model.ts';
import { ModelError } from '../model-error.ts';
import { textMessage } from '../chat/chat-message-text.ts';

export interface StructuredQuestion<Schema extends z.ZodType> {
  model: ChatModel;
  /** The last one is the user's and says what is asked. */
  messages: ChatMessage[];
  schema: Schema;
  /** What the answer is called, for the server: letters, digits, `_` and `-`. */
  name: string;
  sampling?: Sampling | undefined;
  maxTokens?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** An answer in the shape that was asked for. */
export interface StructuredAnswer<Value> {
  value: Value;
  /** What the model wrote. */
  text: string;
  /** Of one or two calls. */
  usage: Usage;
}

/**
 * Asks for a verdict or a plan as JSON. The server holds the model to the schema where it can, thinking is off (a grammar would constrain the thoughts
 * in place of the answer), and the reply is checked here all the same: one that does not fit gets one corrective turn, which shows the schema. A server
 * that refuses to hold a model to a schema is asked without. Not for code: quotes and line breaks inside JSON are where models fail.
 * @throws ModelError `reply.not_in_shape` with both texts in `cause` when the second reply does not fit either; what the model throws.
 */
export async function askStructured<Schema extends z.ZodType>(
  question: StructuredQuestion<Schema>,
): Promise<StructuredAnswer<z.output<Schema>>> {
  const shape = jsonSchemaForModel(question.schema);
  const first = await askInShape(question, shape);
  const checked = check(question.schema, first);
  if ('value' in checked) return { value: checked.value, text: first.text, usage: first.usage };
  const second = await ask(
    question,
    [...question.messages, textMessage('assistant', first.text), textMessage('user', correction(checked.problem, shape))],
    first.format,
  );
  const usage = sumUsage(first.usage, second.usage);
  const checkedAgain = check(question.schema, second);
  if ('value' in checkedAgain) return { value: checkedAgain.value, text: second.text, usage };
  throw new ModelError({
    kind: 'misbehaviour',
    code: 'reply.not_in_shape',
    message: `The model was asked for JSON of a certain shape, and two replies did not have it (${checkedAgain.problem}).`,
    hint: 'A newer llama-server holds the model to the shape; a larger model may follow it by itself.',
    cause: { replies: [first.text, second.text] },
  });
}

type Format = ChatRequest['format'];

interface Answer {
  text: string;
  finishReason: FinishReason;
  usage: Usage;
}

async function askInShape(question: StructuredQuestion<z.ZodType>, schema: Record<string, unknown>): Promise<Answer & { format: Format }> {
  const format = { name: question.name, schema };
  try {
    return { ...(await ask(question, question.messages, format)), format };
  } catch (error) {
    if (!(error instanceof ModelError && error.code === 'model.bad_request')) throw error;
    // Where it is not the schema that was refused, this is refused, too.
    return { ...(await ask(question, question.messages, undefined)), format: undefined };
  }
}

async function ask(
  { model, sampling, maxTokens, signal }: StructuredQuestion<z.ZodType>,
  messages: ChatMessage[],
  format: Format,
): Promise<Answer> {
  const request = {
    messages,
    maxTokens,
    signal,
    sampling: { ...sampling, chatTemplateKwargs: { ...sampling?.chatTemplateKwargs, enable_thinking: false } },
    format,
  };
  let text = '';
  for await (const part of model.stream(request)) {
    if (part.type === 'text') text += part.text;
    if (part.type === 'thoughts_ended') text = '';
    if (part.type === 'end') return { text, finishReason: part.finishReason, usage: part.usage };
  }
  throw new Error('a chat model must end its stream with a part of type "end"');
}

function check<Schema extends z.ZodType>(
  schema: Schema,
  { text, finishReason }: Answer,
): { value: z.output<Schema> } | { problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(withoutFence(text));
  } catch {
    return { problem: finishReason === 'length' ? 'it is longer than there is room for, and was cut' : 'it is not JSON' };
  }
  const result = schema.safeParse(data);
  return result.success ? { value: result.data } : { problem: inOneLine(z.prettifyError(result.error)).slice(0, 500) };
}

/** A server that ignores the schema leaves models to their habit of fencing JSON. */
function withoutFence(text: string): string {
  const whole = text.trim();
  const opening = /^```(?:json)?[^\S\n]*\n/.exec(whole)?.[0];
  return opening !== undefined && whole.endsWith('\n```') ? whole.slice(opening.length, -'```'.length) : text;
}

function inOneLine(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

function correction(problem: string, shape: Record<string, unknown>): string {
  return `Your answer cannot be used: ${problem}. Answer once more with nothing but JSON that fits this JSON schema:\n\n${JSON.stringify(shape)}`;
}
