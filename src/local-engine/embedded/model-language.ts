import type { LlamaModel, Token } from 'node-llama-cpp';
import { describeError } from '../../utils/describe-error.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { ChatTemplate } from './chat-template.ts';
import { compileTemplate, type LibraryPlace } from './native-library.ts';
import type { Vocabulary } from './prompt.ts';

/** @throws MultiagentError `embedded.load_failed`. */
export function templateOf(model: LlamaModel, place: LibraryPlace): ChatTemplate {
  try {
    return new ChatTemplate({
      source: model.fileInfo.metadata.tokenizer?.chat_template,
      compile: (source) => compileTemplate(source, place),
      bosToken: model.tokens.bosString ?? '',
      eosToken: model.tokens.eosString ?? '',
      beginTokenFrom: model.tokens.shouldPrependBosToken ? 'tokenizer' : 'template',
    });
  } catch (error) {
    throw new MultiagentError({
      category: 'model',
      code: 'embedded.load_failed',
      message: `The model's chat template cannot be read: ${describeError(error).message}`,
      hint: 'Use a model file with another chat template, or a llama-server.',
      cause: error,
    });
  }
}

/** GGUF token types that only a template writes as text: unknown and control. */
const controlTypes = new Set([2, 3]);

export function vocabularyOf(model: LlamaModel): Vocabulary<Token> {
  const { tokens, token_type: types } = model.fileInfo.metadata.tokenizer.ggml;
  const { bosString, eosString, eotString, bos, shouldPrependBosToken } = model.tokens;
  const control = new Set(tokens.filter((_, index) => controlTypes.has(types[index] ?? 0)));
  for (const text of [bosString, eosString, eotString]) if (text !== null) control.add(text);
  control.delete('');
  return {
    tokenize: (text, controlText) => model.tokenize(text, controlText === 'markers'),
    controlTexts: [...control],
    beginToken: shouldPrependBosToken && bos !== null ? bos : undefined,
  };
}
