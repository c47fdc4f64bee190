import { describe, expect, it } from 'vitest';
import type { RunState, TaskRecord } from '../../../src/state/run/run-state.ts';
import { filesToChange } from '../../../src/orchestrator/working-set/files-to-change.ts';

const written = { 'app.py': 'build', 'rows.py': 'build', 'test_app.py': 'try', Dockerfile: 'ship', 'README.md': 'tell' };

/** A run whose steps have written these files. */
function runOf(requirement: string, more: Partial<TaskRecord>[] = []): RunState {
  const roles = { build: 'developer', try: 'qa_engineer', ship: 'devops_engineer', tell: 'technical_writer' };
  const types = { build: 'implementation', try: 'testing', ship: 'deployment', tell: 'documentation' };
  const tasks = Object.entries(roles).map(([task, role], number) => ({
    task,
    role,
    taskType: types[task as keyof typeof types],
    expects: 'files',
    number: number + 1,
    dependencies: [],
  }));
  return {
    input: { requirement, files: [] },
    tasks: new Map([...tasks, ...more].map((record) => [record.task!, record])),
    artifacts: Object.entries(written).map(([path, task], sequence) => ({ path, task, sha256: path, sequence, format: 'fence' })),
    removals: [],
  } as unknown as RunState;
}

const verdict = {
  verdict: 'needs_work',
  json: { verdict: 'needs_work', findings: [{ file: 'rows.py', line: 3, severity: 'major', text: 'It forgets the last row.' }] },
};

function changes(
  task: Partial<TaskRecord>,
  { requirement = 'Keep rows.', others = [] as Partial<TaskRecord>[], asked = undefined as string | undefined } = {},
) {
  const record = {
    task: 'next',
    kind: 'agent',
    role: 'developer',
    taskType: 'implementation',
    expects: 'files',
    description: 'Go on.',
    dependencies: [],
    number: 9,
    ...task,
  };
  const { certain, likely } = filesToChange(
    runOf(requirement, [...others, record as Partial<TaskRecord>]),
    record as unknown as TaskRecord,
    asked,
  );
  return { certain: [...certain].toSorted(), likely: [...likely].toSorted() };
}

describe('the files that a step is known to change', () => {
  it.each<[string, string[], ReturnType<typeof changes>]>([
    [
      'the one that it is asked for, and no other',
      ['app.py'],
      changes({ description: 'Bring rows.py into line.' }, { asked: 'app.py', requirement: 'Write rows.py.' }),
    ],
    [
      'those that its description names, by path or by name alone',
      ['README.md', 'rows.py'],
      changes({ description: 'Bring rows.py and README.md into line.' }),
    ],
    [
      'those that a check before it found wrong',
      ['rows.py'],
      changes({ dependencies: ['look'] }, { others: [{ task: 'look', outputs: verdict, dependencies: [] }] }),
    ],
    [
      'not those that a check found right',
      [],
      changes({ dependencies: ['look'] }, { others: [{ task: 'look', outputs: { ...verdict, verdict: 'approved' }, dependencies: [] }] }),
    ],
    [
      'those that a person did not want like that',
      ['Dockerfile'],
      changes({ kind: 'rework', options: { paths: ['Dockerfile', 'gone.py'] } }),
    ],
    [
      'those that a failure names and a repair may change',
      ['rows.py'],
      changes({ kind: 'repair', options: { of: 'programs', failure: 'test_app.py:3: in test\nrows.py:7: IndexError' } }),
    ],
    [
      'the tests, where these are repaired',
      ['test_app.py'],
      changes({ kind: 'repair', options: { of: 'tests', failure: 'test_app.py:3: in test\nrows.py:7: IndexError' } }),
    ],
    [
      'those that the requirement demands of such a step',
      ['app.py'],
      changes({}, { requirement: 'Write app.py, and its tests in test_app.py.' }),
    ],
    [
      'those that the requirement demands of such a step: tests',
      ['test_app.py'],
      changes({ taskType: 'testing', role: 'qa_engineer' }, { requirement: 'Write app.py, and its tests in test_app.py.' }),
    ],
    ['none that does not stand', [], changes({ description: 'Write other.py.' }, { asked: 'new.py' })],
  ])('are %s', (_, expected, { certain }) => {
    expect(certain).toEqual(expected);
  });

  it.each<[string, string[], ReturnType<typeof changes>]>([
    ['the programs, for who writes programs', ['app.py', 'rows.py'], changes({})],
    [
      'what its role has written, and what such steps write',
      ['README.md', 'app.py', 'rows.py'],
      changes({ role: 'technical_writer', taskType: 'implementation' }),
    ],
    [
      'the programs, for a repair of these',
      ['app.py', 'rows.py'],
      changes({ kind: 'repair', role: 'someone', taskType: 'repair', options: { of: 'programs', failure: '' } }),
    ],
    ['nothing, for a step that writes a text', [], changes({ expects: 'text', taskType: 'review' })],
    ['not again what is certain', ['app.py'], changes({}, { asked: 'rows.py' })],
  ])('are likely %s', (_, expected, { likely }) => {
    expect(likely).toEqual(expected);
  });
});
