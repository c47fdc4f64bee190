import { array, assert, constant, constantFrom, option, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { replyPaths, standingFiles, standingWork, type FilesOfRun } from '../../../src/orchestrator/artifacts/standing-files.ts';

const path = constantFrom('a.py', 'b.py', '01-plan.md', '02-notes.md');
const task = constantFrom('one', 'two', 'three');
const version = record({
  path,
  task,
  format: constantFrom('reply', 'fence'),
  undone: option(constant({}), { nil: undefined }),
});
const removal = record({ path, task, undone: option(constant({}), { nil: undefined }) });

it('the work of a run is what stands of its files without the replies of steps that expect text', () => {
  assert(
    property(array(version), array(removal, { maxLength: 3 }), (versions, gone) => {
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
