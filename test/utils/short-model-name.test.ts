import { expect, test } from 'vitest';
import { shortModelName } from '../../src/utils/short-model-name.ts';

test.each([
  ['/home/me/my models/tiny-team.gguf', 'tiny-team.gguf'],
  ['C:\\models\\tiny.GGUF', 'tiny.GGUF'],
  ['tiny-team.gguf', 'tiny-team.gguf'],
  ['unsloth/Qwen3-GGUF:Q4_K_M', 'unsloth/Qwen3-GGUF:Q4_K_M'],
])('the model %j is shown as %j', (name, shown) => expect(shortModelName(name)).toBe(shown));
