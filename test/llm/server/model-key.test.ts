import { expect, it, test } from 'vitest';
import { offeredName, shortModelName } from '../../../src/llm/server/model-key.ts';

it.each([
  { models: ['coder'], wanted: 'coder', expected: 'coder' },
  { models: ['/models/coder.gguf'], wanted: '/home/me/coder.gguf', expected: '/models/coder.gguf' },
  { models: [String.raw`C:\models\coder.gguf`], wanted: 'coder.gguf', expected: String.raw`C:\models\coder.gguf` },
  { models: ['Coder.gguf'], wanted: 'coder', expected: 'Coder.gguf' },
  { models: ['a/coder', 'b/coder'], wanted: 'b/coder', expected: 'b/coder' },
  { models: ['writer', 'coder-7b'], wanted: 'coder', expected: undefined },
  { models: [], wanted: 'coder', expected: 'coder' },
])('$wanted among $models is $expected', ({ models, wanted, expected }) => {
  expect(offeredName(models, wanted)).toBe(expected);
});

test.each([
  ['/home/me/my models/tiny-team.gguf', 'tiny-team.gguf'],
  ['C:\\models\\tiny.GGUF', 'tiny.GGUF'],
  ['tiny-team.gguf', 'tiny-team.gguf'],
  ['unsloth/Qwen3-GGUF:Q4_K_M', 'unsloth/Qwen3-GGUF:Q4_K_M'],
])('the model %j is shown as %j', (name, shown) => expect(shortModelName(name)).toBe(shown));
