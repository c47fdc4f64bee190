import type { CallPart, ChatMessage, ChatModel } from '../../llm/chat-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import type { ToolDescription } from '../../llm/tool-description.ts';
import { parseJson, valueAt } from '../../utils/parse-json.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';

const text = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });
const tools: readonly ToolDescription[] = [
  { name: 'read_file', description: 'Shows a file of the project.', parameters: text('path') },
  { name: 'search_files', description: 'Finds a text in the files of the project.', parameters: text('text') },
];
const path = 'notes/number.txt';
const number = '4711';
const question = textMessage('user', `Which number stands in the file ${path}? Look it up with a tool, then say it.`);

/**
 * Whether the model calls tools natively and reads what they say. None of that is a fault: without it tools are called in text. Where it is so, a person may have steps
 * use it.
 */
export async function checkCalls(model: ChatModel, signal?: AbortSignal): Promise<Finding> {
  const told = (message: string, hint?: string): Finding => ({
    check: 'calls',
    state: 'ok',
    message,
    ...(hint === undefined ? {} : { hint }),
  });
  try {
    const { called, text: words } = await askProbe(model, { messages: [question], tools, maxTokens: 96, signal });
    const [call] = called;
    if (call === undefined)
      return told(`offered tools, the model calls none natively${words === '' ? '' : ' and replies in text'}: it calls them in its text`);
    if (!isAsked(call)) return told('the model calls other tools natively than it was asked for: it calls them in its text');
    const { text: answer } = await askProbe(model, { messages: answered(called), tools, maxTokens: 96, signal });
    if (!answer.includes(number)) return told('the model calls tools natively and does not read what they say: it calls them in its text');
    return told(
      'the model calls tools natively and reads what they say',
      'calls: native in model_profiles has steps with tools use that; docs/tools.md says what to expect.',
    );
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.code === 'model.call_unreadable')
      return told('the model writes native calls that its server cannot read: it calls tools in its text');
    // Some servers refuse in words of their own what they do not know.
    if (error.code !== 'model.tools_refused' && error.code !== 'model.bad_request') throw error;
    return told('the server takes no native calls: the model calls tools in its text');
  }
}

function isAsked({ name, arguments: said }: CallPart): boolean {
  return name === 'read_file' && valueAt(parseJson(said), ['path']) === path;
}

function answered(called: readonly CallPart[]): ChatMessage[] {
  return [
    question,
    { role: 'assistant', content: [...called] },
    { role: 'user', content: called.map(({ id }) => ({ type: 'tool_result', id, text: `The number is ${number}.` })) },
  ];
}
