import type { ChatModel } from '../../llm/chat-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';

/** Whether the model accepts the shape of the team's transcripts: a system message, then user and assistant in turn. */
export async function checkRoles(model: ChatModel, signal?: AbortSignal): Promise<Finding> {
  const check = 'roles';
  const messages = [
    textMessage('system', 'You are a team.'),
    textMessage('user', 'Say one.'),
    textMessage('assistant', 'One.'),
    textMessage('user', 'Say two.'),
  ];
  try {
    const { text, reasoning } = await askProbe(model, { messages, maxTokens: 16, signal });
    if (`${text}${reasoning}` !== '') return { check, state: 'ok', message: 'system, user and assistant messages are accepted in turn' };
    const hint = 'Check that the model is made for chat (an "instruct" model) and that the server runs with --jinja.';
    return { check, state: 'problem', message: 'the model answered a conversation with an empty reply', hint };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const hint =
      error.code === 'model.bad_request'
        ? 'Start the server with --jinja and a model that has a chat template, or name one with --chat-template-file.'
        : error.hint;
    return { check, state: 'problem', message: `the server refuses a conversation: ${error.message}`, hint };
  }
}
