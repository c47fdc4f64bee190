import { CHAT_TEMPLATE } from './chat-ml.ts';
import { FINGERPRINT } from './completion-json.ts';
import type { FakeMachine } from './fake-machine.ts';

const SAMPLING = { seed: 4_294_967_295, temperature: 0, top_k: 40, top_p: 0.95, min_p: 0.05, max_tokens: -1, n_predict: -1, stream: false };

export function describeProps({ options, pool }: FakeMachine): unknown {
  return {
    default_generation_settings: { params: SAMPLING, n_ctx: pool.slotContext },
    total_slots: pool.slots.length,
    model_alias: options.model,
    model_ftype: 'F16',
    model_path: options.model,
    modalities: { vision: false, video: false, audio: false },
    endpoint_slots: true,
    endpoint_props: false,
    endpoint_metrics: false,
    chat_template: CHAT_TEMPLATE,
    chat_template_caps: { supports_string_content: true, supports_system_role: true, supports_tools: false },
    bos_token: '<|endoftext|>',
    eos_token: '<|im_end|>',
    build_info: FINGERPRINT,
    is_sleeping: false,
  };
}

/** A slot tells about its newest request, once it has had one. */
export function describeSlots({ pool, ledger }: FakeMachine): unknown {
  return pool.slots.map((slot) => {
    const base = { id: slot.id, n_ctx: pool.slotContext, speculative: false, is_processing: slot.lease !== undefined };
    const record = ledger.requests.findLast((request) => request.slot === slot.id);
    if (record === undefined) return base;
    const counts = {
      id_task: record.index,
      n_prompt_tokens: record.promptTokens,
      n_prompt_tokens_processed: record.readTokens,
      n_prompt_tokens_cache: record.cacheTokens,
    };
    const next = { has_next_token: slot.lease !== undefined, has_new_line: false, n_remain: -1, n_decoded: record.replyTokens };
    return { ...base, ...counts, params: SAMPLING, next_token: [next] };
  });
}

export function describeModels({ options, pool }: FakeMachine): unknown {
  const { model, trainedContextTokens } = options;
  const details = { parent_model: '', format: 'gguf', family: '', families: [''], parameter_size: '', quantization_level: '' };
  const meta = {
    vocab_type: 2,
    n_vocab: 32_000,
    n_ctx: pool.slotContext,
    n_ctx_train: trainedContextTokens,
    n_embd: 192,
    n_params: 3_013_056,
  };
  return {
    models: [{ name: model, model, type: 'model', description: '', tags: [''], capabilities: ['completion'], parameters: '', details }],
    object: 'list',
    data: [{ id: model, aliases: [model], tags: [], object: 'model', created: Math.floor(Date.now() / 1000), owned_by: 'llamacpp', meta }],
  };
}
