import { expect, test } from 'vitest';
import { referenceProblems, taskTypeWarnings } from '../../src/workflows/reference-problems.ts';

const known = {
  roles: ['developer', 'qa_engineer'],
  disabled: ['qa_engineer'],
  whyUnclear: (role: string) => (role === 'twice' ? 'It is there twice' : undefined),
  workflows: ['bug_fix', 'analysis'],
  models: ['default', 'coder'],
};

test.each<[what: string, value: unknown, problems: [path: string, message: string][]]>([
  [
    'names that there are',
    {
      steps: [
        { id: 'a', role: 'developer' },
        { id: 'b', kind: 'workflow', workflow: 'bug-fix' },
      ],
    },
    [],
  ],
  ['a role that is there twice', { steps: [{ id: 'a', role: 'twice' }] }, [['steps.0.role', 'a names the role twice. It is there twice']]],
  [
    'a role like one that there is',
    { steps: [{ id: 'a', role: 'develper' }] },
    [['steps.0.role', 'a names the unknown role develper; did you mean developer?']],
  ],
  [
    'a role like no other',
    { steps: [{ id: 'a', role: 'zzzzzzzz' }] },
    [['steps.0.role', 'a names the unknown role zzzzzzzz; there are developer, qa_engineer']],
  ],
  [
    'a workflow in a step within a step',
    { steps: [{ id: 'l', kind: 'loop', steps: [{ id: 'i', kind: 'workflow', workflow: 'bugfix' }] }] },
    [['steps.0.steps.0.workflow', 'i names the unknown workflow bugfix; did you mean bug_fix?']],
  ],
  [
    'a role in a case',
    { steps: [{ id: 's', kind: 'switch', cases: [{ when: 'x', steps: [{ id: 'i', role: 'qa_enginer' }] }] }] },
    [['steps.0.cases.0.steps.0.role', 'i names the unknown role qa_enginer; did you mean qa_engineer?']],
  ],
  [
    'a model like one of the settings',
    { steps: [{ id: 'a', role: 'developer', model: 'codr' }] },
    [['steps.0.model', 'a names the unknown model codr; did you mean coder?']],
  ],
  [
    'roles in what a plan may hold',
    { steps: [{ id: 'p', kind: 'plan', role: 'developer', allow: { roles: ['developer', 'develper', 'qa_engineer'] } }] },
    [
      ['steps.0.allow.roles.1', 'p names the unknown role develper; did you mean developer?'],
      ['steps.0.allow.roles.2', 'p names the role qa_engineer, which the settings disable (agents.qa_engineer.enabled)'],
    ],
  ],
  [
    'a role in a step that replaces another',
    { extends: 'bug_fix', replace: { testing: { role: 'develper' } } },
    [['replace.testing.role', 'testing names the unknown role develper; did you mean developer?']],
  ],
  ['what has no readable steps', { steps: 7 }, []],
  ['nothing', null, []],
])('of a definition with %s it is told which names there are not, and where', (_, value, problems) => {
  expect(referenceProblems(value, known).map(({ path, message }) => [path.join('.'), message])).toEqual(problems);
});

test('a name that could move the cursor is shown harmless', () => {
  const [problem] = referenceProblems({ steps: [{ id: 'a', role: '\u001B[2J' }] }, known);
  expect(problem?.message).toContain(String.raw`\u{1b}[2J`);
});

test('steps within steps without end are looked at only so deep', () => {
  let value: object = { id: 'x', role: 'nobody' };
  for (let depth = 0; depth < 10_000; depth += 1) value = { id: 'x', steps: [value] };
  expect(referenceProblems({ steps: [value] }, known)).toEqual([]);
});

test('any name is one of the model server where the settings name no models', () => {
  expect(referenceProblems({ steps: [{ id: 'a', model: 'anything' }] }, { ...known, models: undefined })).toEqual([]);
});

test('types of tasks without instructions are doubtful where nothing says what to do, or where another is almost called so', () => {
  const value = {
    steps: [
      { id: 'a', task_type: 'implementation' },
      { id: 'b', task_type: 'implementaton', description: 'Build it.' },
      { id: 'c', task_type: 'poem', description: 'Write one.' },
      { id: 'd', task_type: 'poem' },
      { id: 'e', kind: 'plan', allow: { task_types: ['testin', 'poem'] } },
    ],
  };
  expect(taskTypeWarnings(value, ['implementation', 'testing']).map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['steps.1.task_type', 'b has a task type that no role has instructions for, implementaton; did you mean implementation?'],
    ['steps.3.task_type', 'd has a task type that no role has instructions for, poem; say in description what is to be done'],
    ['steps.4.allow.task_types.0', 'e has a task type that no role has instructions for, testin; did you mean testing?'],
  ]);
});
