/**
 * How servers say that a prompt, or a prompt and its reply, do not fit the context. The groups `prompt` and `context`, if a row has them, are the counts. The
 * text for each pattern is bounded, and so are the pattern's gaps.
 */
const phrases: readonly RegExp[] = [
  // llama-server, llamafile, LocalAI, LM Studio while it writes.
  /request \((?<prompt>\d+) tokens\) exceeds the available context size \((?<context>\d+) tokens\)/i,
  /exceeds? the (?:available )?context (?:size|length|window)/i,
  /context (?:size|length|window|limit)\b[^.]{0,60}\b(?:exceed|overflow|too small|is full|not enough)/i,
  /exceed\w{0,10}\b[^.]{0,60}\bcontext\b/i,
  // OpenAI, Azure, vLLM, OpenRouter, text-generation-webui.
  /maximum context length (?:is|of) (?<context>\d+)(?: tokens)?[^]{0,80}?(?:requested|resulted in|take over|use|has|contains?)(?: about)? (?<prompt>\d+)/i,
  /maximum context length/i,
  /context[_ ]?(?:length|window|size)[_ ]?exceed/i,
  // vLLM.
  /prompt \((?:total )?length (?<prompt>\d+)\) is longer than the maximum model length of (?<context>\d+)/i,
  /reduce the length of (?:the |your )?(?:input |prompt|messages?|conversation|completion)/i,
  // SGLang, Together.
  /input \((?<prompt>\d+) tokens\) is longer than the model's context length \((?<context>\d+) tokens\)/i,
  /longer than the (?:model'?s )?(?:maximum )?(?:context|model|input|sequence) length/i,
  // LM Studio.
  /tokens to keep from the initial prompt is greater than the context length/i,
  /keep the first (?<prompt>\d+) tokens when context[^]{0,120}?context length of only (?<context>\d+)/i,
  // TabbyAPI, ExLlama.
  /prompt length (?<prompt>\d+) is greater than max_seq_len (?<context>\d+)/i,
  /max_seq_len|max_model_len|max_position_embeddings|max_total_tokens|max_input_(?:tokens|length)/i,
  // TGI, Together.
  /`?inputs`? tokens \+ `?max_new_tokens`? must be <= (?<context>\d+)\. Given: (?<prompt>\d+)/i,
  /`?inputs`? (?:must have|must be) less than (?<context>\d+) tokens\. Given: (?<prompt>\d+)/i,
  // llama-cpp-python, ctransformers, GPT4All.
  /requested tokens \((?<prompt>\d+)\) exceed context window of (?<context>\d+)/i,
  /number of tokens \((?<prompt>\d+)\) exceeded maximum context length \((?<context>\d+)\)/i,
  // Anthropic, Fireworks.
  /prompt is too long: (?<prompt>\d+)(?: tokens)?(?: > |, model maximum context length: )(?<context>\d+)/i,
  // Mistral.
  /prompt contains (?<prompt>\d+) tokens[^]{0,80}?(?:maximum context length|model with) (?<context>\d+)?/i,
  // Gemini.
  /input token count \(?(?<prompt>\d+)\)?[^]{0,20}? exceeds the maximum number of (?:input )?tokens allowed \(?(?<context>\d+)/i,
  // xAI.
  /maximum prompt length is (?<context>\d+) but the request contains (?<prompt>\d+)/i,
  // MLC, OpenVINO.
  /prompt has (?<prompt>\d+) tokens in total, larger than the model input length limit (?<context>\d+)/i,
  /number of prompt tokens: (?<prompt>\d+) exceeds model max length: (?<context>\d+)/i,
  // TensorRT-LLM, DeepInfra, Cerebras.
  /(?:prompt|input|sequence) length \(?(?<prompt>\d+)[^]{0,60}?exceeds?[^]{0,40}?(?:maximum|max)[^]{0,30}?length[^\d]{0,4}(?<context>\d+)/i,
  /current length is (?<prompt>\d+) while limit is (?<context>\d+)/i,
  // Kimi, DashScope, Zhipu.
  /exceeded model token limit: (?<context>\d+)/i,
  /range of input length should be \[\d+, (?<context>\d+)\]/i,
  /prompt exceeds max length|输入[^]{0,10}(?:过长|超长|超出)|超过[^]{0,20}(?:长度|上下文)/i,
  // Servers with words of their own.
  /\b(?:prompts?|inputs?|messages?|conversation|request|sequence|history)\b[^.]{0,40}\b(?:is|are|was|were) (?:way |far |much )?too (?:long|large|big|many tokens)/i,
  /\btoo (?:long|large|big) for (?:this|the|its|requested|your)?[^.]{0,20}\b(?:models?|context)\b/i,
  /\btoo many (?:input |prompt )?tokens\b|\binput is too (?:long|large)\b|\bprompt too (?:long|large)\b/i,
  /\b(?:prompt|input|token count|tokens?|messages?)\b[^.]{0,80}\b(?:exceeds?|exceeded|exceeding|over|beyond|larger than|longer than|greater than|more than)\b[^.]{0,60}\b(?:max(?:imum)?|limit|context|capacity|allowed|window)\b/i,
  /\b(?:does not|doesn't|do not|don't|cannot|can't|won't) fit\b[^.]{0,40}\b(?:context|window|model)\b/i,
  /\bcontext\b[^.]{0,40}\b(?:shift is disabled|overflow|too (?:short|small))/i,
];

/** Names of the error, in small letters and without `_`, `-` and spaces. */
const names: ReadonlySet<string> = new Set([
  'contextlengthexceeded',
  'exceedcontextsizeerror',
  'contextwindowexceedederror',
  'contextwindowexceeded',
  'contextlengthexceedederror',
  'modelcontextwindowexceeded',
  'contextoverflow',
  'contextlimitexceeded',
  'inputlengtherror',
  'inputtoolong',
  'inputtoolarge',
  'inputlengthexceeded',
  'prompttoolong',
  'prompttoolarge',
  'prompttokensexceeded',
  'tokenslimitreached',
  'tokenlimitexceeded',
  'maxtokensexceeded',
  'requesttoolarge',
  'stringabovemaxlength',
]);

/** Other errors in similar words: limits per time or for money, or a batch that is too small. */
const other =
  /rate.?limit|per (?:second|minute|hour|day|month)|\b[tr]p[md]\b|quota|billing|credits?\b|budget|physical batch|max_num_seqs|concurren|queue/i;

export interface OverflowWords {
  said: string;
  names: readonly string[];
  status: number | undefined;
}

/** What a server reports about an overflow. Undefined if it reports something else. */
export function overflowIn({ said, names: called, status }: OverflowWords): { promptTokens?: number; contextTokens?: number } | undefined {
  const text = said.slice(0, 2000).replaceAll(/(?<=\d),(?=\d{3}\b)/g, '');
  if (called.some((name) => names.has(name.toLowerCase().replaceAll(/[-_\s]/g, '')))) return countsIn(text);
  if (status === 429 || status === 401 || status === 403 || other.test(text)) return undefined;
  return phrases.some((phrase) => phrase.test(text)) || status === 413 ? countsIn(text) : undefined;
}

/** The counts of the first row that has any. */
function countsIn(text: string): { promptTokens?: number; contextTokens?: number } {
  for (const phrase of phrases) {
    const { prompt, context } = phrase.exec(text)?.groups ?? {};
    if (prompt === undefined && context === undefined) continue;
    return {
      ...(prompt === undefined ? {} : { promptTokens: Number(prompt) }),
      ...(context === undefined ? {} : { contextTokens: Number(context) }),
    };
  }
  return {};
}
