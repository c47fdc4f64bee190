import { describe, expect, it } from 'vitest';
import { StepKindRegistry } from '../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { checkDefinition } from '../../src/workflows/definition-problems.ts';
import { head, problemsOf, workflowOf } from './broken-file.ts';

const { declarations: kinds } = new StepKindRegistry();
const agent = 'role: developer, task_type: implementation, expects: files';
const first = `{ id: first, ${agent} }`;

const nested = (levels: number) => {
  const [before, after] = ['{ id: again, kind: loop, until: "true", steps: [', '] }'];
  return `${before.repeat(levels)}${first}${after.repeat(levels)}`;
};

const files: [what: string, problem: string, text: string][] = [
  ['an empty file', '1:1 expected keys with values, found nothing', ''],
  ['no keys', '1:1 expected keys with values, found a list', '- a\n- b\n'],
  ['no YAML', '2:1 Flow sequence in block collection must be sufficiently indented and end with a ]', 'name: [a\n'],
  ['a key twice', '3:1 Map keys must be unique', `${head}name: other\nsteps: []\n`],
  [
    'a later version',
    '1:10 version: this program reads version 1; a workflow of a later version needs a later program, found 2',
    workflowOf(first).replace('version: 1', 'version: 2'),
  ],
  [
    'two workflows',
    '6:1 a file holds one workflow; put what follows --- into a file of its own',
    `${workflowOf(first)}---\n${head}`.replace('version: 1\n', '# One.\nversion: 1\n'),
  ],
  ['tabs', '4:1 Tabs are not allowed as indentation', `${head}steps:\n\t- ${first}\n`],
  ['a tag of another program', '3:8 Unresolved tag: tag:yaml.org,2002:js/function', `${head}steps: !!js/function "x"\n`],
  ['no steps', '1:1 steps: is missing', head],
  ['an empty list of steps', '3:8 steps: there is no step', `${head}steps: []\n`],
  ['a step that is a text', '4:5 steps[0]: expected keys with values, found "hello"', workflowOf('hello')],
  [
    'a name that is none',
    '2:7 name: expected snake_case, such as code_review, found "Own Flow"',
    workflowOf(first).replace('name: own', 'name: Own Flow'),
  ],
  [
    'a title of two lines',
    '3:8 title: expected one line without control characters, found "a\\nb"',
    `${head}title: "a\\nb"\nsteps:\n  - ${first}\n`,
  ],
  [
    'an input that is a word',
    '3:14 inputs.a: unknown value "maybe"; use one of required, optional',
    `${head}inputs: { a: maybe }\nsteps:\n  - ${first}\n`,
  ],
  [
    'an input without a type',
    '3:14 inputs.a.type: is missing; use one of text, number, boolean, list',
    `${head}inputs: { a: { default: 1 } }\nsteps:\n  - ${first}\n`,
  ],
  ['a list of inputs', '3:9 inputs: expected keys with values, found a list', `${head}inputs: [a]\nsteps:\n  - ${first}\n`],
  [
    'an output of an unknown step',
    '3:21 outputs.a: in steps the name frist is not known; did you mean first?',
    `${head}outputs: { a: steps.frist.text }\nsteps:\n  - ${first}\n`,
  ],
  ['a var without a name', '3:9 vars.A b: expected snake_case, such as code_review', `${head}vars: { "A b": 1 }\nsteps:\n  - ${first}\n`],
  [
    'an unknown dependency',
    '4:91 steps[0]: first depends on the unknown step other',
    workflowOf(`{ id: first, ${agent}, depends_on: [other] }`),
  ],
  [
    'a dependency twice',
    '5:99 steps[1]: second names the dependency first twice',
    workflowOf(first, `{ id: second, ${agent}, depends_on: [first, first] }`),
  ],
  ['neither a time nor a signal to wait for', '4:5 steps[0]: expected seconds, until or signal', workflowOf('{ id: first, kind: wait }')],
  [
    'two times to wait for',
    '4:5 steps[0]: expected either seconds or until',
    workflowOf('{ id: first, kind: wait, seconds: 1, until: "2027-01-31T08:00:00Z" }'),
  ],
  [
    'a loop without a condition',
    '4:5 steps[0]: expected either until or while',
    workflowOf(`{ id: again, kind: loop, steps: [${first}] }`),
  ],
  [
    'a default that is none of the answers',
    '4:85 steps[0].default: expected a default that is an answer of the type that is asked for, found "green"',
    workflowOf('{ id: a, kind: question, ask: Which?, answer: { choice: [red, blue] }, default: green }'),
  ],
  [
    'a schema with a pattern',
    '4:91 steps[0].expects.json.pattern: not supported in the schema of a reply; it may say type, title, description, const, enum, minLength, maxLength, minItems, maxItems, minimum, maximum, properties, required, additionalProperties, items, anyOf, found "a+"',
    workflowOf('{ id: first, role: developer, task_type: x, expects: { json: { type: string, pattern: "a+" } } }'),
  ],
  [
    'a key of another kind',
    '4:42 steps[0]: unknown key role; known are id, kind, description, depends_on, when, priority, retries, timeout, outputs, private, context, seconds, until, signal',
    workflowOf('{ id: first, kind: wait, seconds: 1, role: developer }'),
  ],
  ['no name', '1:1 name: is missing', workflowOf(first).replace('name: own\n', '')],
  ['an unknown key', '5:1 unknown key step; did you mean steps?', `${workflowOf(first)}step: 1\n`],
  [
    'an unknown key of a step',
    '4:78 steps[0]: unknown key retrys; did you mean retries?',
    workflowOf(`{ id: first, ${agent}, retrys: 3 }`),
  ],
  [
    'an unknown kind',
    '4:24 steps[0].kind: unknown value "aproval"; did you mean approval?',
    workflowOf('{ id: first, kind: aproval, ask: May it? }'),
  ],
  [
    'an unknown type of input',
    '3:25 inputs.size.type: unknown value "numbr"; did you mean number?',
    `${head}inputs: { size: { type: numbr } }\nsteps:\n  - ${first}\n`,
  ],
  [
    'a requirement that is no text',
    '3:32 inputs.requirement.type: the requirement is a text; give another input this type, found "number"',
    `${head}inputs: { requirement: { type: number } }\nsteps:\n  - ${first}\n`,
  ],
  [
    'a value in what is not filled',
    '4:96 steps[0].verify: {{ … }} is not filled here; write the value itself',
    workflowOf(`{ id: first, ${agent}, verify: "pytest {{ inputs.requirement }}" }`),
  ],
  [
    'a value in a here-document of a command',
    '4:40 steps[0].command: a value cannot stand in a here-document or between backquotes, because the shell could run what is in it',
    workflowOf('{ id: say, kind: command, command: "cat <<EOF\\n{{ run.id }}\\nEOF" }'),
  ],
  [
    'a condition with a code for the terminal',
    `4:84 steps[0].when: expected an expression without control characters, found "run.id == '\\u001b[31m'"`,
    workflowOf(`{ id: first, ${agent}, when: "run.id == '\\e[31m'" }`),
  ],
  [
    'a default of another type',
    '3:42 inputs.size.default: expected a number, found "large"',
    `${head}inputs: { size: { type: number, default: large } }\nsteps:\n  - ${first}\n`,
  ],
  [
    'an unknown key of an input',
    '3:31 inputs.size: unknown key defautl; did you mean default?',
    `${head}inputs: { size: { type: text, defautl: a } }\nsteps:\n  - ${first}\n`,
  ],
  [
    'a time that is none',
    '4:87 steps[0].timeout: expected seconds (90) or a time such as 30s, 10m, 2h or 3d, a year at most, found "10 minutes"',
    workflowOf(`{ id: first, ${agent}, timeout: 10 minutes }`),
  ],
  [
    'a negative number of retries',
    '4:87 steps[0].retries: expected 0 or more, found -1',
    workflowOf(`{ id: first, ${agent}, retries: -1 }`),
  ],
  [
    'an output of a name that every step has',
    '4:89 steps[0].outputs.text: every step has a value of this name; give the output another',
    workflowOf(`{ id: first, ${agent}, outputs: { text: 1 + 1 } }`),
  ],
  [
    'an output that is no expression',
    '4:98 steps[0].outputs.size: this is no expression: unexpected token: the end',
    workflowOf(`{ id: first, ${agent}, outputs: { size: 1 + } }`),
  ],
  [
    'a context of an unknown step',
    '5:89 steps[1].context[0]: there is no step frist; did you mean first?',
    workflowOf(first, `{ id: second, ${agent}, context: [frist] }`),
  ],
  [
    'an unknown sampling',
    '4:90 steps[0].sampling: unknown key temperatur; did you mean temperature?',
    workflowOf(`{ id: first, ${agent}, sampling: { temperatur: 1 } }`),
  ],
  ['an id twice', '5:11 steps[1]: the id first is used twice', workflowOf(first, first)],
  [
    'an id twice, in different lists',
    '5:59 steps[1].steps[0]: the id first is used twice in this workflow',
    workflowOf(first, `{ id: again, kind: loop, until: "true", steps: [${first}] }`),
  ],
  ['a step that depends on itself', '4:11 steps[0]: first depends on itself', workflowOf(`{ id: first, ${agent}, depends_on: [first] }`)],
  [
    'a circle within a loop',
    '4:59 steps[0].steps[0]: the steps depend on each other in a circle: a → b → a',
    workflowOf(
      `{ id: again, kind: loop, until: "true", steps: [{ id: a, ${agent}, depends_on: [b] }, { id: b, ${agent}, depends_on: [a] }] }`,
    ),
  ],
  [
    'a dependency out of a loop',
    '5:135 steps[1].steps[0]: a depends on the unknown step first',
    workflowOf(first, `{ id: again, kind: loop, until: "true", steps: [{ id: a, ${agent}, depends_on: [first] }] }`),
  ],
  [
    'a condition with an unknown step',
    '5:91 steps[1].when: in steps the name frist is not known; did you mean first?',
    workflowOf(first, `{ id: second, ${agent}, when: steps.frist.status == 'failed' }`),
  ],
  [
    'a condition with an unknown value',
    '5:98 steps[1].when: in steps.first the name verdikt is not known; did you mean verdict?',
    workflowOf(first, `{ id: second, ${agent}, when: "steps.first.verdikt == 'approved'" }`),
  ],
  [
    'a condition that is none',
    '4:84 steps[0].when: expected true or false, found a text',
    workflowOf(`{ id: first, ${agent}, when: run.id }`),
  ],
  [
    'a comparison that is never true',
    '5:85 steps[1].when: a text is never equal to a number',
    workflowOf(first, `{ id: second, ${agent}, when: steps.first.status == 1 }`),
  ],
  [
    'a pattern',
    '5:85 steps[1].when: matches is not supported, since a pattern can take without end; use contains, startsWith or endsWith',
    workflowOf(first, `{ id: second, ${agent}, when: steps.first.text.matches('a+') }`),
  ],
  [
    'an unknown function',
    '5:85 steps[1].when: there is no function contain; did you mean contains?',
    workflowOf(first, `{ id: second, ${agent}, when: steps.first.text.contain('a') }`),
  ],
  [
    'an unknown input in a text',
    '5:107 steps[0].instructions: in inputs the name audiense is not known; did you mean audience?',
    `${head}inputs: { audience: { type: text } }\nsteps:\n  - { id: first, ${agent}, instructions: "For {{ inputs.audiense }}." }\n`,
  ],
  [
    'an unknown name in a text of several lines',
    '8:19 steps[0].instructions: in vars the name tone is not known',
    `${workflowOf('id: first').trimEnd()}\n    role: developer\n    task_type: implementation\n    expects: files\n    instructions: |\n      Look at it.\n      Then {{ vars.tone }}.\n`,
  ],
  [
    'an item outside of a list',
    '4:96 steps[0].instructions: the name item is not known; there are inputs, vars, run, steps',
    workflowOf(`{ id: first, ${agent}, instructions: "{{ item.name }}" }`),
  ],
  [
    'an output that no step has',
    '5:105 steps[1].when: in steps.first.outputs the name siez is not known; did you mean size?',
    workflowOf(`{ id: first, ${agent}, outputs: { size: "1" } }`, `{ id: second, ${agent}, when: steps.first.outputs.siez == 1 }`),
  ],
  [
    'an approval that escalates to itself',
    '4:70 steps[0].on_timeout.escalate: may names itself; name a step of the kind approval that depends on may',
    workflowOf(`{ id: may, kind: approval, ask: May it?, on_timeout: { escalate: may } }`),
  ],
  [
    'an approval that escalates to a step that asks nobody',
    '4:70 steps[0].on_timeout.escalate: first is of the kind agent; name a step of the kind approval that depends on may',
    workflowOf(`{ id: may, kind: approval, ask: May it?, on_timeout: { escalate: first } }`, `{ id: first, ${agent}, depends_on: [may] }`),
  ],
  [
    'an approval that escalates to one that does not wait for it',
    '4:70 steps[0].on_timeout.escalate: lead does not depend on may; name a step of the kind approval that depends on may',
    workflowOf(`{ id: may, kind: approval, ask: May it?, on_timeout: { escalate: lead } }`, `{ id: lead, kind: approval, ask: May it? }`),
  ],
  [
    'an approval that escalates out of a loop',
    '4:118 steps[0].steps[0].on_timeout.escalate: lead does not stand in the same list as may; name a step of the kind approval that depends on may',
    workflowOf(
      `{ id: again, kind: loop, until: "true", steps: [{ id: may, kind: approval, ask: May it?, on_timeout: { escalate: lead } }] }`,
      `{ id: lead, kind: approval, ask: May it?, depends_on: [again] }`,
    ),
  ],
  [
    'a list that is none',
    '4:37 steps[0].in: expected a list, found a text',
    workflowOf('{ id: each, kind: for_each, in: run.id, steps: [{ id: a, kind: wait, seconds: 1 }] }'),
  ],
  [
    'no criteria of a check',
    '4:59 steps[0].criteria: the list is empty',
    workflowOf('{ id: look, kind: check, role: qa_engineer, criteria: [] }'),
  ],
  ['no steps within a step', '4:52 steps[0].steps: there is no step', workflowOf('{ id: again, kind: loop, until: "true", steps: [] }')],
  [
    'a var that names a later one',
    '3:21 vars.a: in vars the name b is not known',
    `${head}vars: { a: "{{ vars.b }}", b: x }\nsteps:\n  - ${first}\n`,
  ],
];

it.each(files)('says what is wrong with a file, and where: %s', (_, problem, text) => {
  expect(problemsOf(text)).toEqual([problem]);
});

describe('what is too large is refused at once', () => {
  it('an alias that grows without end', () => {
    const lists = Array.from(
      { length: 12 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 12 }, () => `*l${level}`).join(', ')}]`,
    );
    expect(problemsOf(`l0: &l0 [x, x]\n${lists.join('\n')}\n`)).toEqual([
      expect.stringContaining('its aliases multiply to more than can be read; write out what they stand for'),
    ]);
  });

  it.each([
    ['among the values that steps share', `${head}vars: &all { again: *all }\nsteps:\n  - ${first}\n`],
    ['in an option of a step', workflowOf(`{ id: first, ${agent}, sampling: &all { again: [*all] } }`)],
    ['around all steps', `${head}steps: &all\n  - { id: again, kind: loop, until: "true", steps: *all }\n`],
  ])('an alias of what it stands in: %s', (_, text) => {
    expect(problemsOf(text)).toEqual(['1:1 an alias stands within what it is an alias of']);
  });

  it.each([
    ['values, a hundred levels', `${head}vars: { deep: ${'['.repeat(100)}${']'.repeat(100)} }\nsteps:\n  - ${first}\n`],
    ['values, deeper than the stack', `${head}vars: { deep: ${'['.repeat(5000)}${']'.repeat(5000)} }\nsteps:\n  - ${first}\n`],
    ['keys on lines of their own', `${head}vars:\n${Array.from({ length: 1500 }, (_, level) => `${' '.repeat(level + 1)}a:\n`).join('')}`],
    ['loops', workflowOf(nested(60))],
    ['loops, deeper than the stack', workflowOf(nested(1500))],
  ])('what is nested too deep: %s', (_, text) => {
    const [only, ...others] = problemsOf(text);
    expect(only).toMatch(/^\d+:\d+ (?:vars\.deep\[0\]: |steps\[0\]\.steps: )?nested deeper than 100 levels$/);
    expect(others).toEqual([]);
  });

  it('what a program gives that holds itself, or is deeper than the stack', () => {
    const round: Record<string, unknown> = { version: 1, name: 'own' };
    round['vars'] = round;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    for (const given of [round, { version: 1, name: 'own', steps: [{ id: 'first', kind: 'wait', seconds: 1 }], vars: { deep } }])
      expect(checkDefinition(given, kinds)).toMatchObject({
        valid: false,
        problems: [{ message: expect.stringMatching(/nested deeper than 100 levels$/) as string }],
      });
  });

  it('ten thousand steps are checked, and of those that are wrong as many are told of as a person can read', () => {
    const many = Array.from({ length: 10_000 }, (_, place) => ({
      id: `step_${place}`,
      role: 'developer',
      task_type: 'implementation',
      expects: 'files',
      depends_on: place === 0 ? [] : [`step_${place - 1}`],
      ...(place === 0 ? {} : { when: `steps.step_${place - 1}.status == 'completed'` }),
    }));
    const checked = checkDefinition({ version: 1, name: 'long', steps: many }, kinds);
    expect(checked.valid).toBe(true);
    const broken = checkDefinition(
      { version: 1, name: 'long', steps: many.map((step) => ({ ...step, when: 'steps.step_x.status' })) },
      kinds,
    );
    expect(broken.valid ? 0 : broken.problems.length).toBe(50);
  });
});
