import { describe, expect, it } from 'vitest';
import { projectBase } from '../../../src/orchestrator/artifacts/project-base.ts';
import { hashContent } from '../../../src/utils/hash-content.ts';

const knowledge = {
  standing: '',
  relevant: '',
  base: 'list',
  fileCount: 2,
  tokens: 0,
  near: [],
  conventions: [],
  skills: [],
  notes: [],
  leftOut: [],
};
const contentOf = (text: string | undefined) => async () => (text === undefined ? undefined : Buffer.from(text));

describe('what was in the project when a run began', () => {
  it('are the files that it was given, and those that it only knew of', async () => {
    const lines = [
      { path: 'a.py', sha256: 'hash of a with its byte order mark', bytes: 8 },
      { path: 'b.py', sha256: 'hash of b', bytes: 3 },
    ];
    const input = { requirement: '', files: [{ path: 'a.py', content: 'x = 1' }], project: knowledge };
    const base = await projectBase({ input }, contentOf(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
    expect([...base.values()]).toEqual([
      { path: 'a.py', sha256: 'hash of a with its byte order mark', bytes: 8, shown: 'whole' },
      { path: 'b.py', sha256: 'hash of b', bytes: 3, shown: 'unseen' },
    ]);
  });

  it('are the files alone where nothing else is known, or the list is damaged', async () => {
    const files = [{ path: 'a.py', content: 'x = 1' }];
    const given = [{ path: 'a.py', sha256: hashContent('x = 1'), bytes: 5, shown: 'whole' }];
    expect([...(await projectBase({ input: { requirement: '', files } }, contentOf(undefined))).values()]).toEqual(given);
    for (const text of [undefined, '', '{"path":1}\nnull\n{', '\0'])
      expect([...(await projectBase({ input: { requirement: '', files, project: knowledge } }, contentOf(text))).values()]).toEqual(given);
  });
});
