import { expect, test } from 'vitest';
import { referenceProblems } from '../../src/workflows/reference-problems.ts';

const known = { roles: ['developer', 'qa_engineer'], workflows: ['bug_fix', 'analysis'] };

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
