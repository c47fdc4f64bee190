import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../src/agents/plans/assignment.ts';
import { planAssignments } from '../../../src/agents/plans/plan-assignments.ts';
import type { RunMaterial } from '../../../src/agents/plans/run-material.ts';
import type { Task } from '../../../src/agents/task.ts';

const feature = ['implementation', 'testing', 'deployment', 'documentation'];

function plan(
  taskType: string,
  { description = '', ...material }: Partial<RunMaterial> & { description?: string },
  expects: Task['expects'] = 'files',
): Assignment[] {
  const task: Task = {
    taskId: taskType,
    taskType,
    description,
    expects,
    step: { number: 1, of: 1 },
    context: {},
    priority: 0,
    dependencies: [],
    createdAt: 0,
  };
  const whole = {
    requirement: '',
    projectFiles: [],
    files: [],
    documents: [],
    documentsLike: () => [],
    writingSteps: feature,
    ...material,
  };
  return planAssignments({ task, material: whole, words: (places) => Object.values(places).join('|') }) ?? [];
}

const paths = (assignments: Assignment[]) =>
  assignments.map((assignment) => (assignment.kind === 'file' ? assignment.path : assignment.kind));

describe('the files that a step is asked for, one at a time', () => {
  it.each([
    ['those that the requirement names', 'implementation', { requirement: 'Write `a.py` and `b.py`.' }, ['a.py', 'b.py']],
    ['those of the step only', 'implementation', { requirement: 'Write `a.py` and its tests in `test_a.py`.' }, ['a.py']],
    ['named tests belong to the tests', 'testing', { requirement: 'Write `a.py` and its tests in `check_test.py`.' }, ['check_test.py']],
    ['tests get a name by what they test', 'testing', { files: [{ path: 'src/tips.py', content: '' }] }, ['src/test_tips.py']],
    [
      'tests that are there already stay',
      'regression_testing',
      { files: [{ path: 'a.js', content: '' }], projectFiles: [{ path: 'a.test.js', content: '' }] },
      ['a_2.test.js'],
    ],
    ['a program without a name', 'implementation', { requirement: 'A game in the browser, as a web page.' }, ['index.html']],
    ['the language that is named', 'implementation', { requirement: 'A little Rust program.' }, ['main.rs']],
    ['how it is shipped', 'deployment', { requirement: 'Write `a.py`.' }, ['Dockerfile']],
    ['what people read', 'documentation', { requirement: 'Write `a.py`.' }, ['README.md']],
    [
      'what is changed is the named file of the project',
      'bug_fix',
      { requirement: '`kiln.py` is wrong.', projectFiles: ['kiln.py', 'other.py'].map((path) => ({ path, content: '' })) },
      ['kiln.py'],
    ],
    [
      'what is changed beside what is new',
      'implementation',
      {
        requirement: 'Extend `shop.py` with refunds; the rules go into a new file `rules.py`.',
        projectFiles: [{ path: 'shop.py', content: '' }],
      },
      ['shop.py', 'rules.py'],
    ],
    [
      'what is changed where only tests are new',
      'implementation',
      { requirement: 'Add `refund` to `shop.py` and write `test_shop.py`.', projectFiles: [{ path: 'shop.py', content: '' }] },
      ['shop.py'],
    ],
    [
      'of several that are named the one that is to change',
      'bug_fix',
      { requirement: '`a.go` crashes. `b.go` is fine.', projectFiles: ['a.go', 'b.go'].map((path) => ({ path, content: '' })) },
      ['a.go'],
    ],
    [
      'where only the start is named, the model chooses among all',
      'bug_fix',
      {
        requirement: 'We start it with `node a.js`. It prints nothing on Sundays.',
        projectFiles: ['a.js', 'b.js'].map((path) => ({ path, content: '' })),
      },
      ['choice'],
    ],
    [
      'what opens a package has no tests',
      'testing',
      { files: ['geo/__init__.py', 'geo/far.py'].map((path) => ({ path, content: '' })) },
      ['geo/test_far.py'],
    ],
    [
      'what is changed is the named file, also where nobody was given it',
      'implementation',
      { requirement: 'Add `refund` to `src/shop.py`.', near: ['src/shop.py', 'src/till.py'] },
      ['src/shop.py'],
    ],
    [
      'of two unseen files of one name the more relevant one',
      'implementation',
      { requirement: 'Add `refund` to `shop.py`.', near: ['a/shop.py', 'b/shop.py'] },
      ['a/shop.py'],
    ],
    [
      'a file that was given before an unseen one of its name',
      'implementation',
      { requirement: 'Add `refund` to `shop.py`.', projectFiles: [{ path: 'b/shop.py', content: '' }], near: ['a/shop.py'] },
      ['b/shop.py'],
    ],
    [
      'a named file that nobody was given is among those to choose from',
      'bug_fix',
      {
        requirement: 'Since `src/shop.py` was there, the till rings twice.',
        projectFiles: [{ path: 'till.py', content: '' }],
        near: ['src/shop.py'],
      },
      ['choice'],
    ],
    [
      'tests do not take the place of unseen ones',
      'testing',
      { files: [{ path: 'tips.py', content: '' }], isUnseen: (path: string) => path === 'test_tips.py' },
      ['test_tips_2.py'],
    ],
    [
      'what people read stays where a person has written it',
      'documentation',
      { requirement: 'Write `a.py`.', isUnseen: () => true },
      ['decided'],
    ],
    [
      'of several the model chooses',
      'bug_fix',
      { requirement: 'It is wrong.', projectFiles: ['a.go', 'b.go'].map((path) => ({ path, content: '' })) },
      ['choice'],
    ],
  ])('%s', (_, taskType, material, expected) => {
    expect(paths(plan(taskType, material))).toEqual(expected);
  });

  it('a workflow without a step for code owes no code', () => {
    const material = { requirement: 'Describe how `a.py` works in `docs/a.md`.', writingSteps: ['documentation_creation'] };
    expect(paths(plan('documentation_creation', material))).toEqual(['docs/a.md']);
  });

  it('where another step writes all that is asked for, nobody is asked', () => {
    const [only] = plan('implementation', { requirement: 'Write tests in `test_a.py`.', projectFiles: [{ path: 'a.py', content: '' }] });
    expect(only).toMatchObject({ kind: 'decided', text: expect.stringContaining('test_a.py') as string });
  });

  it('a file of the project is to be changed, a new one is to be written, and its names stand by', () => {
    expect(
      plan('bug_fix', { requirement: 'The function `gain` of `hive.py` is wrong.', projectFiles: [{ path: 'hive.py', content: '' }] }),
    ).toMatchObject([{ path: 'hive.py', state: 'changed', names: ['gain'] }]);
  });
});

describe('what a file is about and what it is shown with', () => {
  it.each([
    [
      'a document that nobody asked for by name is shown the programs alone',
      'documentation',
      feature,
      { origin: 'derived', shows: 'code' },
    ],
    [
      'the document of a workflow that writes nothing else is what the requirement describes',
      'documentation_creation',
      ['documentation_creation'],
      { origin: 'named', shows: 'files' },
    ],
    ['so is a program without a name', 'implementation', feature, { origin: 'named', shows: 'files' }],
    ['tests see all', 'testing', feature, { origin: 'derived', shows: 'files' }],
    ['so is what ships it', 'deployment', feature, { origin: 'derived', shows: 'code' }],
  ])('%s', (_, taskType, writingSteps, expected) => {
    const [first] = plan(taskType, {
      requirement: 'A small helper for my garden.',
      files: [{ path: 'a.py', content: '' }].slice(taskType === 'implementation' ? 1 : 0),
      writingSteps,
    });
    expect(first).toMatchObject(expected);
  });

  it.each([
    ['a document', 'Please write `docs/stock.md` for people who count what is on the shelves.'],
    ['tests', 'Please write `test_stock.py`.'],
  ])('%s that a step asks for in its own words is what they describe, however few words the requirement has', (_, description) => {
    const [first, ...others] = plan('turn', { description, projectFiles: [{ path: 'stock.py', content: '' }] }, 'either');
    expect([first, others]).toMatchObject([{ origin: 'named', shows: 'files', state: 'new' }, []]);
  });
});

describe('texts', () => {
  it('a design that the requirement has decided is stated, and nobody is asked', () => {
    const [design] = plan('architecture_design', { requirement: 'Write `a.py` with the class `Hall`.' }, 'text');
    expect(design).toMatchObject({ kind: 'decided', text: expect.stringMatching(/`a\.py`[^]*`Hall`/) as string });
  });

  it('what is not decided is asked for', () => {
    expect(plan('requirements_analysis', { requirement: 'Write `a.py`.' }, 'text')).toMatchObject([{ kind: 'text' }]);
  });
});
