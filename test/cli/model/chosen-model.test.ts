import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseModel } from '../../../src/cli/model/chosen-model.ts';
import { machineOf } from '../../local-engine/machine/machine-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

beforeEach(() => {
  const home = temporaryFolder();
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'));
  vi.stubEnv('HF_HOME', join(home, 'hub'));
  vi.stubEnv('HF_HUB_CACHE', join(home, 'hub'));
  return () => vi.unstubAllEnvs();
});

it.each([
  [
    'one that was not downloaded',
    'qwen2.5-coder-7b',
    8,
    'The model qwen2.5-coder-7b is not on this machine.',
    /multiagent model pull qwen2\.5-coder-7b\. It shows the size/,
  ],
  [
    'any, where there is none',
    undefined,
    32,
    'There is no model on this machine that fits it.',
    /^For this machine: multiagent model pull /,
  ],
  [
    'any, on a machine that none fits',
    undefined,
    0.2,
    'There is no model on this machine that fits it.',
    /^"multiagent model list" shows more/,
  ],
] as const)('a server is given no model that is not here: %s', async (_, wanted, memory, message, hint) => {
  await expect(chooseModel({ wanted, machine: machineOf({ memory }), directory: '/' })).rejects.toMatchObject({
    code: 'model.not_here',
    category: 'usage',
    message,
    hint: expect.stringMatching(hint) as string,
  });
});
