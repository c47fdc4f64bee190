/** The tokens that end a reply, which some servers leave in its text. */
export const stopTokens: readonly string[] = [
  // ChatML: Qwen, Yi, Hermes and others.
  '<|im_end|>',
  '<|im_sep|>',
  // Llama 3 and 4.
  '<|eot_id|>',
  '<|eom_id|>',
  '<|eot|>',
  '<|end_of_text|>',
  '<|end_header_id|>',
  // Llama 2, Mistral and others.
  '</s>',
  // Gemma.
  '<end_of_turn>',
  '<turn|>',
  '<eos>',
  // GPT-2 and its descendants, DeepSeek, Phi, gpt-oss.
  '<|endoftext|>',
  '<｜end▁of▁sentence｜>',
  '<|end▁of▁sentence|>',
  '<|EOT|>',
  '<|end|>',
  '<|return|>',
  '<|call|>',
  // Command R.
  '<|END_OF_TURN_TOKEN|>',
  '<|END_RESPONSE|>',
  // GLM, Granite, Zephyr, StarCoder, InternLM.
  '<|end_of_role|>',
  '<|endofassistant|>',
  '<|file_sep|>',
  '<|fim_pad|>',
  '<eoa>',
  // Seed, Ling, MiniMax, OpenThinker, EXAONE, Hunyuan, Apriel.
  '<seed:eos>',
  '<|role_end|>',
  '[e~[',
  '<|end_of_solution|>',
  '[|endofturn|]',
  '<|eos|>',
  '<|hy_eos|>',
  '[END FINAL RESPONSE]',
  '<|/s|>',
];

/** Lines with which a model that nothing stops begins the next turn of the conversation: its reply ends there. */
export const nextTurns: readonly string[] = [
  '<|im_start|>user',
  '<|im_start|>system',
  '<|im_start|>tool',
  '<|start_header_id|>user<|end_header_id|>',
  '<|start_header_id|>system<|end_header_id|>',
  '<start_of_turn>user',
  '<|start|>user<|message|>',
  '<｜User｜>',
  '<|user|>',
  '<|observation|>',
  '[|user|]',
];

/** How a turn of the model itself begins: these words are not part of the reply. */
export const ownTurns: readonly string[] = [
  '<|im_start|>assistant',
  '<|start_header_id|>assistant<|end_header_id|>',
  '<start_of_turn>model',
  '<｜Assistant｜>',
  '<|assistant|>',
  '[|assistant|]',
];

/** Marks that close an answer that follows thoughts. */
export const answerClosings: readonly string[] = ['</answer>', '</solution>', '</response>', '</output>'];

/** These are also HTML tags: on a line of its own it may be one. */
export const alsoMarkup: ReadonlySet<string> = new Set(['</s>']);
