/** What a server says of native calls: `unreadable`, the model has written one that the server cannot read; `refused`, the server or its template cannot offer tools. */
export type CallTrouble = 'unreadable' | 'refused';

const rows: readonly { words: RegExp; means: CallTrouble }[] = [
  // llama-server without its template engine.
  { words: /\btools? params? requires?\b/i, means: 'refused' },
  // Ollama, vLLM, the embedded engine, gateways.
  {
    words: /(?:does not|doesn't|do not|don't|cannot|not) (?:yet )?(?:support|accept|allow)\w{0,4} (?:for )?['"`]?(?:tools?|function)\b/i,
    means: 'refused',
  },
  {
    words:
      /\b(?:tools?|tool[ _-]calling|tool[ _-]choice|function[ _-]calling)['"`]? (?:is|are) (?:not|un)\s?(?:support|allow|available|permitted)/i,
    means: 'refused',
  },
  {
    words: /(?:tool[ _-]choice|tool use)[^.]{0,60}(?:requires|must be enabled|not enabled)|no endpoints? (?:found )?that supports? tool/i,
    means: 'refused',
  },
  // llama-server, of what the model wrote.
  { words: /\bmodel produced output that does not match\b/i, means: 'unreadable' },
  {
    words:
      /\bfailed to parse (?:the )?(?:tool|function)[ _-]?calls?\b|\bfailed to parse (?:the )?(?:model'?s? )?(?:input|output) at pos\b/i,
    means: 'unreadable',
  },
  // Ollama, Groq, vLLM.
  {
    words: /\berror parsing tool call\b|\bfailed to call a function\b|\btool_use_failed\b|\bmalformed[ _-]?(?:function|tool)[ _-]?call\b/i,
    means: 'unreadable',
  },
];

/** Undefined for words about something else. Only where tools were offered do they mean this. */
export function callTroubleIn(said: string): CallTrouble | undefined {
  const text = said.slice(0, 2000);
  return rows.find(({ words }) => words.test(text))?.means;
}
