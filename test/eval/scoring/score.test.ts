import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { score } from '../../../eval/src/scoring/score.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { makeTask } from '../make-task.ts';

describe('scoring', () => {
  it('lays what was generated over the project, in a folder of its own', async () => {
    const check = `import os, pathlib
names = sorted(str(path) for path in pathlib.Path('.').rglob('*') if path.is_file())
print(names, pathlib.Path('a.txt').read_text(), pathlib.Path('b/c.txt').read_text())
print('ok here' if os.getcwd() != os.path.dirname(os.path.abspath(__file__)) else 'not ok here')
print('1/1')
`;
    const files = { 'project/a.txt': 'given', 'project/b': 'a file' };
    const task = makeTask({ check, files });
    const generated = temporaryFolder();
    mkdirSync(join(generated, 'b'));
    writeFileSync(join(generated, 'a.txt'), 'generated');
    writeFileSync(join(generated, 'b', 'c.txt'), 'deeper');
    const { outcome, text } = await score(task, generated);
    expect(outcome).toEqual({ kind: 'scored', passed: 1, total: 1 });
    expect(text).toContain("['a.txt', 'b/c.txt'] generated deeper");
  });

  it('keeps keys of the user to itself', async () => {
    vi.stubEnv('SOME_API_KEY', 'secret-value');
    const check = `import os
print('not ok keys' if 'secret-value' in str(os.environ) else 'ok keys')
print('1/1')
`;
    expect((await score(makeTask({ check }), temporaryFolder())).outcome).toMatchObject({ passed: 1 });
    vi.unstubAllEnvs();
  });

  it('lets a check of a server reach this machine', async () => {
    const check = `import socket
server = socket.create_server(('127.0.0.1', 0))
socket.create_connection(server.getsockname(), 5)
print('ok loopback')
print('1/1')
`;
    expect((await score(makeTask({ check }), temporaryFolder())).outcome).toMatchObject({ passed: 1 });
  });

  it('ends a check that takes too long, with what it has counted until then', async () => {
    const check = `import time
done = 0
try:
    print('ok first')
    done = 1
    time.sleep(3600)
finally:
    print('not ok second')
    print(f'{done}/2')
`;
    const { outcome, text } = await score({ ...makeTask({ check }), check_seconds: 1 }, temporaryFolder());
    expect(outcome).toEqual({ kind: 'scored', passed: 1, total: 2 });
    expect(text).toContain('did not end within 1 s');
  });
});
