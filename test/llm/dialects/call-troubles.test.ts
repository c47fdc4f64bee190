import { expect, it } from 'vitest';
import { callTroubleIn } from '../../../src/llm/dialects/call-troubles.ts';

it.each<[string, 'unreadable' | 'refused' | undefined]>([
  ['The model produced output that does not match the expected peg-native format', 'unreadable'],
  ['Failed to parse tool call arguments as JSON: [json.exception.parse_error.101] parse error at line 1', 'unreadable'],
  ['Failed to parse input at pos 12: <tool_call>{"name": ', 'unreadable'],
  ['error parsing tool call: raw=\'{"path": \', err=unexpected end of JSON input', 'unreadable'],
  ["Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.", 'unreadable'],
  ['it gave the reply up ("MALFORMED_FUNCTION_CALL")', 'unreadable'],
  ['tools param requires --jinja flag', 'refused'],
  ['registry.ollama.ai/library/gemma:2b does not support tools', 'refused'],
  ["The embedded server does not support 'tools'. Use llama-server for that.", 'refused'],
  ['"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set', 'refused'],
  ['No endpoints found that support tool use. Try disabling "read_file".', 'refused'],
  ['tools is not supported in this model.', 'refused'],
  ['Context size has been exceeded.', undefined],
  ['Loading model', undefined],
  ['CUDA ran out of memory', undefined],
  ['Failed to parse messages: Missing tool_call_id', undefined],
  ['the lora adapter does not match the model', undefined],
  ['', undefined],
])('%j is %s', (said, expected) => {
  expect(callTroubleIn(said)).toBe(expected);
});
