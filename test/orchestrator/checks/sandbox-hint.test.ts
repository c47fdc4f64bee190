import { describe, expect, it } from 'vitest';
import { sandboxHint } from '../../../src/orchestrator/checks/sandbox-hint.ts';

const hint = (output: string, check: Partial<Parameters<typeof sandboxHint>[0]> = {}) =>
  sandboxHint({ outcome: 'failed', sandbox: 'bubblewrap', network: 'none', output, ...check });

describe('a check that the sandbox may have failed', () => {
  it.each([
    ['npm error code EAI_AGAIN\nnpm error request to https://registry.npmjs.org failed', /--check-network/],
    ['NewConnectionError: [Errno -3] Temporary failure in name resolution', /--check-network/],
    ['dial tcp: lookup proxy.golang.org: no such host', /--check-network/],
    ['no required module provides package: module lookup disabled by GOPROXY=off', /--check-network/],
    ['error: failed to download, attempting to make an HTTP request, but in offline mode', /--check-network/],
    ['curl: (6) Could not resolve host: example.org', /--check-network/],
    ["OSError: [Errno 30] Read-only file system: '/usr/x'", /its own copy/],
    ['cat: ../../../data.csv: No such file or directory', /--sandbox off/],
    ['sh: 1: my-tool: not found', /--sandbox off/],
  ])('%s', (output, says) => {
    expect(hint(output)).toMatch(says);
  });

  it('is not blamed on it without a sign, where it passed, where it has the network, or where there was none', () => {
    expect(hint('AssertionError: 1 != 2')).toBeUndefined();
    expect(hint('EAI_AGAIN', { outcome: 'passed' })).toBeUndefined();
    expect(hint('EAI_AGAIN', { network: 'machine' })).toBeUndefined();
    expect(hint('EAI_AGAIN', { sandbox: 'off' })).toBeUndefined();
    expect(hint('EAI_AGAIN', { sandbox: undefined })).toBeUndefined();
  });
});
