import { describe, expect, it } from 'vitest';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { stepSchema } from '../../src/workflows/workflow-schema.ts';
import { workflowOf, problemsOf } from './broken-file.ts';

const kinds = new StepKindRegistry().declarations;
const pause = { id: 'pause', kind: 'wait', seconds: 1 };

/** A sound step of each kind that a person writes. */
const sound: Record<string, object> = {
  agent: { role: 'developer', task_type: 'implementation', expects: 'files' },
  check: { role: 'qa_engineer', criteria: ['It rings.'] },
  wait: { signal: 'go' },
  command: { command: 'ls' },
  workflow: { workflow: 'other' },
  loop: { until: 'true', steps: [pause] },
  switch: { cases: [{ when: 'true', steps: [pause] }] },
  for_each: { in: '[1]', steps: [pause] },
  plan: { description: 'Plan it.', role: 'developer', allow: { roles: ['developer'], task_types: ['testing'] } },
  approval: { ask: 'May it?' },
  question: { ask: 'Which?' },
};
/** They join a run by themselves. */
const notWritten = ['rework', 'repair'];

/** What is said of a wrong value of each key, behind the name of the step. */
const broken: Record<string, Record<string, [value: unknown, ...problems: string[]]>> = {
  agent: {
    id: ['First Step', '.id: expected snake_case, such as code_review, found "First Step"'],
    kind: [['agent'], `.kind: unknown value a list; use one of ${[...kinds.keys()].join(', ')}`],
    description: ['', '.description: expected a text, found an empty one'],
    depends_on: ['other', '.depends_on: expected a list, found "other"'],
    when: ['', '.when: expected an expression, found an empty text'],
    priority: ['high', '.priority: expected a number, found "high"'],
    retries: [21, '.retries: expected 20 or less, found 21'],
    timeout: [0, '.timeout: expected seconds (90) or a time such as 30s, 10m, 2h or 3d, a year at most, found 0'],
    outputs: [{ a: 1 }, '.outputs.a: expected a text, found 1'],
    private: ['often', '.private: expected true or false, found "often"'],
    context: ['some', '.context: unknown value "some"; use one of all, direct'],
    role: [3, '.role: expected a text, found 3'],
    task_type: ['Look At It', '.task_type: expected snake_case, such as code_review, found "Look At It"'],
    expects: [{ jsn: { type: 'string' } }, '.expects.json: is missing', '.expects: unknown key jsn; did you mean json?'],
    model: ['m'.repeat(201), '.model: longer than 200 characters'],
    instructions: ['i'.repeat(20_001), '.instructions: longer than 20000 characters'],
    sampling: [[1], '.sampling: expected keys with values, found a list'],
    verify: ['  ', '.verify: expected a text, found an empty one'],
    attempts: [11, '.attempts: expected 10 or less, found 11'],
    tools: [
      ['git_operation'],
      '.tools[0]: unknown value "git_operation"; use one of read_file, list_files, search_files, execute_command, database_schema, database_query, scan_secrets, audit_dependencies, look_at_page',
    ],
    max_iterations: [51, '.max_iterations: expected 50 or less, found 51'],
  },
  check: {
    role: ['Judge', '.role: expected snake_case, such as code_review, found "Judge"'],
    criteria: [Array.from({ length: 21 }, () => 'a'), '.criteria: the list has more than 20 entries'],
    model: ['', '.model: expected a text, found an empty one'],
  },
  wait: {
    seconds: [-1, '.seconds: expected more than 0, found -1'],
    until: ['tomorrow', '.until: expected a time such as 2027-01-31T08:00:00Z, found "tomorrow"'],
    signal: ['', '.signal: expected a text, found an empty one'],
  },
  command: {
    command: ['', '.command: expected a text, found an empty one'],
    timeout_seconds: [1e9, '.timeout_seconds: expected 86400 or less, found 1000000000'],
  },
  workflow: {
    workflow: ['', '.workflow: expected a text, found an empty one'],
    inputs: [{ 'a b': 1 }, '.inputs.a b: expected a name of letters, digits and _, 64 at most'],
  },
  loop: {
    until: ['iteration', '.until: expected true or false, found a number'],
    while: ['true', ': expected either until or while'],
    max_iterations: [101, '.max_iterations: expected 100 or less, found 101'],
    on_limit: ['stop', '.on_limit: unknown value "stop"; use one of complete, fail'],
    steps: [[], '.steps: there is no step'],
  },
  switch: {
    cases: [
      [{ if: 'true' }],
      '.cases[0].when: is missing',
      '.cases[0].steps: is missing',
      '.cases[0]: unknown key if; known are when, steps',
    ],
    default: [[], '.default: there is no step'],
  },
  for_each: {
    in: ['1', '.in: expected a list, found a number'],
    parallel: [17, '.parallel: expected 16 or less, found 17'],
    max_items: [0, '.max_items: expected 1 or more, found 0'],
    steps: [{ a: 1 }, '.steps: expected a list, found keys with values'],
  },
  plan: {
    role: [null, '.role: expected a text, found nothing'],
    allow: [
      { roles: [], task_types: ['a'], kinds: ['command'] },
      '.allow.roles: the list is empty',
      '.allow.kinds[0]: unknown value "command"; use one of agent, check',
    ],
    max_steps: [1.5, '.max_steps: expected a whole number, found 1.5'],
    approve: [1, '.approve: expected true or false, found 1'],
    model: [['a'], '.model: expected a text, found a list'],
  },
  approval: {
    ask: ['a\u001b[31m', '.ask: expected a text without control characters, found "a\\u001b[31m"'],
    show: [['frist'], '.show[0]: there is no step frist; did you mean first?'],
    on_timeout: [{ escalat: 'lead' }, '.on_timeout.escalate: is missing', '.on_timeout: unknown key escalat; did you mean escalate?'],
    on_reject: ['redo', '.on_reject: unknown value "redo"; use one of rework, fail'],
    max_rounds: [51, '.max_rounds: expected 50 or less, found 51'],
  },
  question: {
    ask: ['', '.ask: expected a text, found an empty one'],
    answer: ['date', '.answer: unknown value "date"; use one of text, number, boolean'],
    default: [['a'], '.default: expected a text, found a list'],
  },
};

/** JSON is YAML. */
const fileOf = (kind: string, more: object = {}) => workflowOf(JSON.stringify({ id: 'first', kind, ...sound[kind], ...more }));

const cases = Object.entries(broken).flatMap(([kind, keys]) =>
  Object.entries(keys).map(([key, [value, ...problems]]) => ({ kind, key, value, problems })),
);

it.each(Object.keys(sound))('a sound step of the kind %s has no problem', (kind) => {
  expect(problemsOf(fileOf(kind))).toEqual([]);
});

it.each(cases)('says what is wrong with $key of $kind', ({ kind, key, value, problems }) => {
  const found = problemsOf(fileOf(kind, { [key]: value })).map((text) => text.replace(/^\d+:\d+ /, ''));
  expect(found).toEqual(problems.map((problem) => `steps[0]${problem}`));
});

it.each([
  [
    { tools: ['read_file'], expects: { json: { type: 'string' } } },
    'steps[0].tools: expected none in a step that replies with data, found a list',
  ],
  [{ max_iterations: 3 }, 'steps[0].max_iterations: expected none in a step without tools, found 3'],
])('says which keys of an agent’s step contradict each other: %j', (more, problem) => {
  expect(problemsOf(fileOf('agent', more)).map((text) => text.replace(/^\d+:\d+ /, ''))).toEqual([problem]);
});

describe('each key that a person can write', () => {
  it.each([...kinds].filter(([name]) => !notWritten.includes(name)))('is broken once: those of %s', (name, { options }) => {
    const known = name === 'agent' ? Object.keys(stepSchema(options).shape) : Object.keys(options.shape);
    expect(Object.keys(broken[name] ?? {}).toSorted()).toEqual(known.toSorted());
  });
});
