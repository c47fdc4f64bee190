/** The words between which a family of models thinks. */
export interface ThinkingMark {
  opening: string;
  /** Any of these ends it. */
  closings: readonly string[];
}

const tags = (name: string): ThinkingMark => ({ opening: `<${name}>`, closings: [`</${name}>`] });
const toFinal = [
  '<|channel|>final<|message|>',
  '<|start|>assistant<|channel|>final<|message|>',
  '<|end|><|start|>assistant<|channel|>final<|message|>',
];

export const thinkingMarks: readonly ThinkingMark[] = [
  // DeepSeek R1, Qwen, GLM, MiniMax, Phi reasoning, SmolLM and most others.
  tags('think'),
  tags('thinking'),
  tags('thought'),
  tags('thoughts'),
  tags('reasoning'),
  tags('reason'),
  tags('reflection'),
  tags('analysis'),
  tags('antthinking'),
  tags('scratchpad'),
  tags('inner_monologue'),
  // Seed-OSS.
  tags('seed:think'),
  // Magistral.
  { opening: '[think]', closings: ['[/think]'] },
  // Kimi-VL.
  { opening: '◁think▷', closings: ['◁/think▷'] },
  // Solar and others.
  { opening: '<|think|>', closings: ['<|/think|>', '</think>', '<|end|>'] },
  { opening: '<|thinking|>', closings: ['<|/thinking|>', '</thinking>'] },
  // OpenThinker, Sky-T1.
  { opening: '<|begin_of_thought|>', closings: ['<|end_of_thought|>'] },
  // Command A Reasoning.
  { opening: '<|start_thinking|>', closings: ['<|end_thinking|>'] },
  // gpt-oss, where the server leaves its channels in the text.
  { opening: '<|channel|>analysis<|message|>', closings: toFinal },
  { opening: '<|start|>assistant<|channel|>analysis<|message|>', closings: toFinal },
  { opening: '<|channel|>commentary<|message|>', closings: toFinal },
  // Gemma 4, MedGemma.
  { opening: '<|channel>thought', closings: ['<channel|>'] },
  { opening: '<unused94>', closings: ['<unused95>'] },
  // Granite 3, Apriel.
  { opening: 'here is my thought process:', closings: ['here is my response:'] },
  { opening: 'here are my reasoning steps:', closings: ['[begin final response]'] },
];

/** Words at the beginning of a reply, or after its thoughts, that are not part of it. */
export const replyHeaders: readonly string[] = [
  ...toFinal,
  '<|start|>assistant',
  '<|im_start|>assistant\n',
  '<|start_header_id|>assistant<|end_header_id|>',
  '<start_of_turn>model\n',
  '<|start_response|>',
  '<|begin_of_solution|>',
  '<|begin_of_text|>',
  '<｜begin▁of▁sentence｜>',
  '[begin final response]',
];

/** Marks that some models put around the answer after their thoughts. Without thoughts they are text. */
export const answerHeaders: readonly string[] = ['<answer>', '<solution>', '<response>', '<output>'];

/** Marks that end thoughts that the prompt, and nothing in the reply, has begun. No sentences: they may occur anywhere. */
export const loneClosings: readonly string[] = [
  ...new Set(thinkingMarks.flatMap(({ closings }) => closings).filter((closing) => /^[<[◁]/.test(closing) && closing !== '<|end|>')),
];

/** gpt-oss, if the server has removed the marks around the names of its channels. */
export const bareChannels = { opening: 'analysis', closing: 'assistantfinal' };
