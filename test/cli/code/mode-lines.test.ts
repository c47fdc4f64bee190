import { expect, it } from 'vitest';
import { modeLines } from '../../../src/cli/code/interactive/mode-lines.ts';
import type { ModelServer } from '../../../src/llm/server/model-server.ts';

it('a model that its server names by a path is called by the name of its file, as everywhere', () => {
  const server = { address: 'http://127.0.0.1:8080/v1' } as ModelServer;
  expect(modeLines({ defaultModel: '/home/me/models/coder.gguf', server }, '/home/me/shop')).toEqual([
    'Mode: Local (BYOK)',
    'Model coder.gguf on http://127.0.0.1:8080/v1, project /home/me/shop',
  ]);
});
