/** Where servers list their models besides `/v1/models`, and where such a list has a model's current context, never the one it was trained for. */
export interface ModelList {
  /** Below the server's root. */
  path: string;
  /** The list's key in the answer. Absent: the answer describes one model. */
  list?: string;
  context: readonly (readonly PropertyKey[])[];
  /** `all`: every model in the list is loaded, so the list does not say so for each. */
  loaded?: 'all';
}

export const modelLists: readonly ModelList[] = [
  // LM Studio, older and newer.
  { path: '/api/v0/models', list: 'data', context: [['loaded_context_length']] },
  { path: '/api/v1/models', list: 'models', context: [['loaded_instances', 0, 'config', 'context_length']] },
  // Ollama.
  { path: '/api/ps', list: 'models', context: [['context_length']], loaded: 'all' },
  { path: '/api/tags', list: 'models', context: [] },
  // llama-swap.
  { path: '/running', list: 'running', context: [] },
  // LiteLLM.
  {
    path: '/model/info',
    list: 'data',
    context: [
      ['model_info', 'max_input_tokens'],
      ['model_info', 'max_tokens'],
    ],
  },
  // TabbyAPI, text-generation-webui, TGI, SGLang, KoboldCpp.
  { path: '/v1/model', context: [['parameters', 'max_seq_len']], loaded: 'all' },
  { path: '/v1/internal/model/info', context: [], loaded: 'all' },
  { path: '/info', context: [['max_total_tokens']], loaded: 'all' },
  { path: '/get_server_info', context: [['context_length']], loaded: 'all' },
];

/** In `/v1/models` itself: vLLM and SGLang. */
export const ownContext: readonly (readonly PropertyKey[])[] = [['max_model_len']];

/** Where a list has a model's name. */
export const nameAt: readonly (readonly PropertyKey[])[] = [
  ['id'],
  ['model_name'],
  ['key'],
  ['model'],
  ['name'],
  ['model_id'],
  ['model_path'],
];

/** Where a list says what a model is for. */
export const kindAt: readonly (readonly PropertyKey[])[] = [
  ['type'],
  ['kind'],
  ['mode'],
  ['model_info', 'mode'],
  ['task'],
  ['pipeline_tag'],
  ['model_type'],
  ['details', 'family'],
  ['capabilities'],
  ['architecture', 'output_modalities'],
  ['architecture', 'modality'],
];
/** Words in such a list that mean chat. One of them is enough. */
export const chatKinds =
  /^(?:llm|vlm|chat|language|completion|completion_chat|text|text-generation|text2text|generate|image-text-to-text|responses|.*->text)$/i;
export const otherKinds =
  /embed|rerank|score|classif|transcri|speech|audio|tts|stt|image|diffusion|moderation|bert|clip|video|->(?!.{0,60}text)/i;

/** Where a list says whether a model is in memory. */
export const stateAt: readonly (readonly PropertyKey[])[] = [
  ['state'],
  ['status', 'value'],
  ['status'],
  ['loaded'],
  ['is_loaded'],
  ['active'],
];
export const loadedStates = /^(?:loaded|ready|running|active|online|true)$/i;

/** Names of models that are not for chat, if no list says more about them. */
export const otherNames =
  /embed|(?:^|[-_/.:])(?:bge|gte|e5|minilm|mxbai|colbert|jina|snowflake|stella|instructor|paraphrase|sbert|bert|clip|siglip|vae|lora|mmproj|whisper|parakeet|tts|kokoro|bark|piper|xtts|sdxl|flux|dall-e|stable-diffusion|sd3|sd-|qwen-image|wan2?|sora|veo|imagen|moderation|guard|shield|classifier)(?:[-_/.:\d]|$)|rerank|-guard|transcribe|realtime|speech/i;
/** Models to use only if there is nothing else: they continue a text instead of answering, or help another model. */
export const weakNames = /(?:^|[-_/.:])(?:base|draft|pt|fim|ocr)(?:[-_/.:]|$)/i;
