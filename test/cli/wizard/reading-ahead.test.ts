import { describe, expect, it, onTestFinished } from 'vitest';
import { startReadingAhead } from '../../../src/cli/wizard/reading-ahead.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function fake(options: FakeLlamaServerOptions = {}) {
  const server = await startFakeLlamaServer(options);
  onTestFinished(() => server.close());
  const workspace = temporaryFolder();
  return { server, workspace, options: { workspace, baseUrl: server.address, requirement: 'Tags are lost. '.repeat(200) } };
}

describe('while a person is asked', () => {
  it('the server reads the first prompt, and what it took is told', async () => {
    const { server, workspace, options } = await fake({ batchTokens: 50, promptPace: 'manual' });
    const ahead = startReadingAhead('bug_fix', options, workspace);
    await server.promptGate.waiting();
    server.promptGate.open();
    await server.waitUntil(() => server.completions.readTokens > 300);
    const { readTokens } = (await ahead.stop('run')).usage;
    expect(readTokens ?? 0).toBeLessThanOrEqual(server.completions.readTokens);
    expect(server.requests).toEqual([]);
  });

  it('nothing is left behind where there will be no run', async () => {
    const { server, workspace, options } = await fake({ promptPace: 'manual' });
    const ahead = startReadingAhead('bug_fix', options, workspace);
    await server.promptGate.waiting();
    await ahead.stop('nothing');
    server.promptGate.open();
    expect(server.calls.filter(({ path }) => path === '/slots')).toEqual([]);
  });

  it.each([
    ['the embedded engine', { engine: 'embedded' as const }],
    ['a replay', { replay: 'recording.jsonl' }],
  ])('nothing is asked of %s', async (_, change) => {
    const { server, workspace, options } = await fake();
    expect(await startReadingAhead('bug_fix', { ...options, ...change }, workspace).stop('run')).toEqual({ usage: {} });
    expect(server.calls).toEqual([]);
  });

  it('a server that is not there keeps nobody from answering', async () => {
    const { server, workspace, options } = await fake();
    await server.close();
    const ahead = startReadingAhead('bug_fix', options, workspace);
    expect(await ahead.foreseen).toEqual({ time: undefined, cost: undefined });
    expect(await ahead.stop('run')).toEqual({ usage: {} });
  });
});
