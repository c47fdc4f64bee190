import { z } from 'zod';
import type { ChatModel } from '../../llm/chat-model.ts';
import { jsonSchemaForModel } from '../../llm/chat/json-schema-for-model.ts';
import { ModelError } from '../../llm/model-error.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';
import { parseJson } from '../../utils/parse-json.ts';

const answerSchema = z.strictObject({ color: z.enum(['red', 'green']) });

/** Whether the server makes the model keep to a JSON schema. The question asks for something else, so that only a grammar can produce the shape. */
export async function checkGrammar(model: ChatModel, hosted: string | undefined, signal?: AbortSignal): Promise<Finding> {
  const check = 'grammar';
  const mend = hosted === undefined ? 'A current llama-server makes replies keep to it. They' : 'Replies';
  const hint = `${mend} are checked in any case; a verdict may take a second question.`;
  try {
    const { text } = await askProbe(model, {
      messages: [textMessage('user', 'Write one short sentence about the sea, and no JSON.')],
      maxTokens: 32,
      sampling: { chatTemplateKwargs: { enable_thinking: false } },
      format: { name: 'color', schema: jsonSchemaForModel(answerSchema) },
      signal,
    });
    if (answerSchema.safeParse(parseJson(text)).success) return { check, state: 'ok', message: 'replies keep to a JSON schema' };
    return { check, state: 'warning', message: 'the server took a JSON schema and ignored it', hint };
  } catch (error) {
    if (!(error instanceof ModelError && error.code === 'model.bad_request')) throw error;
    return { check, state: 'warning', message: 'the server refuses a JSON schema', hint };
  }
}
