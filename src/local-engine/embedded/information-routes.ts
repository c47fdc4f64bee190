import { z } from 'zod';
import { parseChatRequest } from './chat-request.ts';
import type { Engine } from './engine.ts';
import { invalidRequest } from './server-error.ts';

/** `GET /props`. */
export function describeServer(engine: Engine): object {
  const { temperature, topK, topP, minP } = engine.defaults;
  return {
    default_generation_settings: {
      params: { temperature, top_k: topK, top_p: topP, min_p: minP, max_tokens: -1, n_predict: -1, stream: false },
      n_ctx: engine.contextTokens,
    },
    total_slots: engine.slots.length,
    model_alias: engine.modelName,
    model_path: engine.modelName,
    modalities: { vision: false, video: false, audio: false },
    endpoint_slots: true,
    endpoint_props: false,
    endpoint_metrics: false,
    chat_template: engine.template.source,
    bos_token: engine.model.tokens.bosString ?? '',
    eos_token: engine.model.tokens.eosString ?? '',
    build_info: engine.buildInfo,
    is_sleeping: false,
  };
}

/** `GET /slots`. */
export function describeSlots(engine: Engine): object {
  return engine.slots.map(({ id, activity }) => ({
    id,
    n_ctx: engine.contextTokens,
    speculative: false,
    is_processing: activity !== undefined,
    ...(activity === undefined
      ? {}
      : {
          n_prompt_tokens: activity.promptTokens,
          n_prompt_tokens_processed: activity.processedTokens,
          n_prompt_tokens_cache: activity.cachedTokens,
          next_token: [{ n_decoded: activity.replyTokens }],
        }),
  }));
}

/** `GET /v1/models`. */
export function describeModels(engine: Engine): object {
  const { model, modelName: name } = engine;
  const vocabulary = model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length;
  return {
    models: [{ name, model: name, type: 'model', capabilities: ['completion'], details: { format: 'gguf' } }],
    object: 'list',
    data: [
      {
        id: name,
        aliases: [name],
        tags: [],
        object: 'model',
        created: Math.floor(Date.now() / 1000),
        owned_by: 'llamacpp',
        meta: {
          n_vocab: vocabulary,
          n_ctx: engine.contextTokens,
          n_ctx_train: model.trainContextSize,
          n_embd: model.embeddingVectorSize,
          n_params: model.fileInsights.totalParameters,
          size: model.size,
        },
      },
    ],
  };
}

/** `POST /v1/chat/completions/input_tokens`. */
export function countInput(engine: Engine, body: unknown): object {
  const { messages, templateVariables } = parseChatRequest(body);
  return { input_tokens: engine.prompt(messages, templateVariables).tokens.length, object: 'response.input_tokens' };
}

/** `POST /apply-template`. */
export function applyTemplate(engine: Engine, body: unknown): object {
  const { messages, templateVariables } = parseChatRequest(body);
  return { prompt: engine.prompt(messages, templateVariables).text };
}

const tokenizeSchema = z.object({ content: z.string(), add_special: z.boolean().default(false), parse_special: z.boolean().default(true) });

/** `POST /tokenize`. */
export function tokenize(engine: Engine, body: unknown): object {
  const parsed = tokenizeSchema.safeParse(body);
  if (!parsed.success) throw invalidRequest("The request cannot be understood: 'content' has to be a string.");
  const { content, add_special: addSpecial, parse_special: parseSpecial } = parsed.data;
  const { beginToken } = engine.vocabulary;
  const tokens = engine.vocabulary.tokenize(content, parseSpecial ? 'markers' : 'plain');
  return { tokens: addSpecial && beginToken !== undefined ? [beginToken, ...tokens] : tokens };
}
