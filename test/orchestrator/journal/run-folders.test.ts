import { expect, test } from 'vitest';
import { keptOutput, runFolders } from '../../../src/orchestrator/journal/run-folders.ts';

test('all paths of a run lie in its output folder', () => {
  const { run, output, within, ...places } = runFolders({ output: '/o', run: '20261121-093015042-k3f9', workflow: 'bug_fix' });
  expect(run).toBe('20261121-093015042-k3f9');
  expect(within).toBe(output);
  expect(Object.values(places).every((path) => path.startsWith(`${output}/`))).toBe(true);
});

test.each(['', '.', '..', '../x', 'a/../../x', 'a\\b', 'a\nb', '/x'])(
  'a name that would lead elsewhere is none of a run or a workflow: %j',
  (name) => {
    expect(() => runFolders({ output: '/o', run: name, workflow: 'bug_fix' })).toThrow(
      expect.objectContaining({ code: 'journal.inconsistent' }),
    );
    expect(() => runFolders({ output: '/o', run: 'r', workflow: name })).toThrow(expect.objectContaining({ code: 'journal.inconsistent' }));
  },
);

test.each([
  ['/w/output', 'output'],
  ['/w/..output', '..output'],
  ['/w', ''],
  ['/other', '/other'],
  ['/', '/'],
])('the output folder %s of the workspace /w is kept as %j', (output, kept) => {
  expect(keptOutput('/w', output)).toBe(kept);
});
