import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replyPaths, standingFiles, standingWork, type FilesOfRun } from '../../../src/orchestrator/artifacts/standing-files.ts';

const path = fc.constantFrom('a.py', 'b.py', '01-plan.md', '02-notes.md');
const task = fc.constantFrom('one', 'two', 'three');
const version = fc.record({
  path,
  task,
  format: fc.constantFrom('reply', 'fence'),
  undone: fc.option(fc.constant({}), { nil: undefined }),
});
const removal = fc.record({ path, task, undone: fc.option(fc.constant({}), { nil: undefined }) });

it('the work of a run is what stands of its files without the replies of steps that expect text', () => {
  fc.assert(
    fc.property(fc.array(version), fc.array(removal, { maxLength: 3 }), (versions, gone) => {
      const state = {
        artifacts: versions.map((each, index) => ({ ...each, sha256: `${index}`, sequence: index * 2 })),
        removals: gone.map((each, index) => ({ ...each, sha256: `${index}`, sequence: index * 6 + 1 })),
        tasks: new Map(['one', 'two', 'three'].map((name, index) => [name, { number: index + 1 }])),
      } as unknown as FilesOfRun;
      const replies = replyPaths(state);
      expect(standingWork(state)).toEqual(standingFiles(state).filter((file) => !replies.has(file.path)));
    }),
  );
});
