import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations } from '../../../eval/src/results/find-violations.ts';
import type { ReplyRecord } from '../../../eval/src/results/result-schema.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const task = { files: ['src/good.py', 'src/bad.py', 'void.py', 'gone.py', 'old.py'], project: [{ path: 'old.py', content: 'x = 1\n' }] };
const files = { 'src/good.py': 'x = 1\n', 'src/bad.py': 'def f(:\n', 'void.py': ' \n' };
const reply: ReplyRecord = { name: 'implementation/1', file: 'replies/1.txt', written: 200, planned: 100, ended: 'stop' };

describe('what must not happen', () => {
  it('is "completed" over demanded files that are missing, unchanged, empty, or do not parse', async () => {
    const found = await findViolations({ task, status: 'completed', replies: [], generated: folderWith(files) });
    expect(found.map(({ kind, note }) => `${kind} ${note.split(':')[0]}`)).toEqual([
      'completed-but-broken src/bad.py',
      'completed-but-empty void.py',
      'completed-but-missing gone.py',
      'completed-but-missing old.py was not changed',
    ]);
  });

  it.each(['failed', 'waiting', 'answered', 'out-of-time'] as const)('is none of this where nobody claims it: %s', async (status) => {
    expect(await findViolations({ task, status, replies: [], generated: folderWith(files) })).toEqual([]);
  });

  it('is a reply of more than twice its planned length, whoever wrote it', async () => {
    const lengths = [
      [200, 100],
      [201, 100],
      [999, null],
      [null, 100],
    ] as const;
    const replies = lengths.map(([written, planned], index) => ({ ...reply, name: String(index), written, planned }));
    const found = await findViolations({ task, status: 'failed', replies, generated: folderWith({}) });
    expect(found).toEqual([{ kind: 'twice-too-long', note: '1: 201 tokens where 100 were planned' }]);
  });
});
