import { expect, it } from 'vitest';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';
import { notNeeded } from '../../../src/orchestrator/working-set/choose-working-set.ts';
import { needsOfFiles } from '../../../src/orchestrator/working-set/needs-of-files.ts';

const files = [
  { path: 'main.py', content: 'import rows\n' },
  { path: 'rows.py', content: 'N = 1\n' },
  { path: 'test_main.py', content: 'import main\n' },
  { path: 'notes.md', content: '# Notes\n' },
];
const writers: Record<string, string> = { 'main.py': 'build', 'rows.py': 'build', 'test_main.py': 'try', 'notes.md': 'loop/1/tell' };

/** What a step needs of each file, in the order of the files. */
function needs(task: Partial<TaskRecord>, asked?: string): number[] {
  const record = {
    task: 'next',
    kind: 'agent',
    role: 'developer',
    taskType: 'implementation',
    expects: 'files',
    description: 'Go on.',
    dependencies: [],
    ...task,
  };
  const state = {
    input: { requirement: 'Keep rows.', files: [] },
    tasks: new Map(
      [
        { task: 'build', role: 'developer' },
        { task: 'try', role: 'qa_engineer' },
        { task: 'loop/1/tell', role: 'technical_writer' },
        record,
      ].map((each) => [each.task, each]),
    ),
    children: new Map([['loop', ['loop/1/tell']]]),
    artifacts: files.map(({ path }, sequence) => ({ path, task: writers[path], sha256: path, sequence, format: 'fence' })),
    removals: [],
  } as unknown as RunState;
  const needOf = needsOfFiles(state, record as unknown as TaskRecord, { files, asked });
  return files.map(({ path }) => needOf(path));
}

it.each<[string, number[], number[]]>([
  [
    'the file that it names, then what that imports; of the others those of its role come first',
    [0, 1, notNeeded + 2, notNeeded + 2],
    needs({ description: 'Change main.py.' }),
  ],
  [
    'its own files where nothing is named, then what was handed over, also by steps within',
    [2, 2, notNeeded + 2, 3],
    needs({ dependencies: ['loop'] }),
  ],
  [
    'the file that is asked for, and what is guessed after all that is known',
    [0, 1, notNeeded + 2, notNeeded + 1],
    needs({ dependencies: ['loop'] }, 'main.py'),
  ],
  [
    'for tests that are not written yet the program that they test',
    [notNeeded, 1, notNeeded + 2, notNeeded + 2],
    needs({}, 'test_rows.py'),
  ],
  [
    'for a text what was handed over',
    [notNeeded + 2, notNeeded + 2, 3, notNeeded + 2],
    needs({ expects: 'text', taskType: 'review', dependencies: ['try'] }),
  ],
])('a step needs %s', (_, expected, found) => {
  expect(found).toEqual(expected);
});
