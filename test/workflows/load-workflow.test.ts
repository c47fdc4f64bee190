import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { loadWorkflow, parseWorkflow } from '../../src/workflows/load-workflow.ts';

const good = `name: review_twice
title: Review twice
description: Two looks at the code.
steps:
  - id: first
    role: developer
    task_type: code_review
    description: Review the code
    expects: text
  - id: second
    role: qa_engineer
    task_type: code_review
    description: |
      Review the code again.
      Be strict.
    depends_on: [first]
    expects: files
    priority: 5
`;

/** Each list holds the one before nine times. */
const multiplyingAliases = Array.from(
  { length: 8 },
  (_, index) =>
    `k${index}: &k${index} [${Array(9)
      .fill(index === 0 ? '1' : `*k${index - 1}`)
      .join(',')}]`,
).join('\n');

/** Anything but a MultiagentError is a defect and goes on to fail the test. */
function outcomeOf(text: string): { code: string; message: string; hint?: string | undefined } {
  try {
    parseWorkflow(text, 'own.yaml');
    return { code: 'accepted', message: '' };
  } catch (error) {
    if (error instanceof MultiagentError) return error;
    throw error;
  }
}

describe('parseWorkflow', () => {
  test('reads a definition and fills in what is left out', () => {
    expect(parseWorkflow(good, 'own.yaml')).toEqual({
      name: 'review_twice',
      title: 'Review twice',
      description: 'Two looks at the code.',
      steps: [
        {
          id: 'first',
          kind: 'agent',
          role: 'developer',
          task_type: 'code_review',
          description: 'Review the code',
          depends_on: [],
          expects: 'text',
          priority: 1,
        },
        {
          id: 'second',
          kind: 'agent',
          role: 'qa_engineer',
          task_type: 'code_review',
          description: 'Review the code again.\nBe strict.',
          depends_on: ['first'],
          expects: 'files',
          priority: 5,
        },
      ],
    });
  });

  test('reads JSON, because it is YAML', () => {
    expect(parseWorkflow(JSON.stringify(parseWorkflow(good, 'own.yaml')), 'own.json')).toEqual(parseWorkflow(good, 'own.yaml'));
  });

  test('reads a file with a byte order mark and Windows line ends', () => {
    expect(parseWorkflow(`\uFEFF${good.replaceAll('\n', '\r\n')}`, 'own.yaml')).toEqual(parseWorkflow(good, 'own.yaml'));
  });

  test.each<[what: string, change: (text: string) => string, problem: string]>([
    ['an empty file', () => '', 'line 1, column 1: expected keys with values, found nothing'],
    ['a list', () => '- a', 'line 1, column 1: expected keys with values, found a list'],
    ['no steps', (text) => text.replace(/steps:[^]*/, 'steps: []'), 'line 4, column 8: steps: there is no step'],
    [
      'a missing key',
      (text) => text.replace('    expects: text\n', ''),
      'line 5, column 5: steps[0].expects: is missing; use one of text, files',
    ],
    [
      'an unknown key',
      (text) => text.replace('task_type', 'tasktype'),
      'line 7, column 5: steps[0]: unknown key tasktype; did you mean task_type?',
    ],
    [
      'an unknown key like no other',
      (text) => `${text}zzzzzzzz: 1\n`,
      'line 19, column 1: unknown key zzzzzzzz; known are version, name, title, description, inputs, vars, outputs, steps',
    ],
    [
      'an unknown value',
      (text) => text.replace('expects: files', 'expects: file'),
      'line 17, column 14: steps[1].expects: unknown value "file"; did you mean files?',
    ],
    [
      'an unknown kind',
      (text) => text.replace('id: first', 'id: first\n    kind: agnet'),
      'line 6, column 11: steps[0].kind: unknown value "agnet"; did you mean agent?',
    ],
    [
      'a wrong type',
      (text) => text.replace('priority: 5', 'priority: high'),
      'line 18, column 15: steps[1].priority: expected a number, found "high"',
    ],
    [
      'a list that is none',
      (text) => text.replace('[first]', 'first'),
      'line 16, column 17: steps[1].depends_on: expected a list, found "first"',
    ],
    [
      'a name with two hyphens in a row',
      (text) => text.replace('review_twice', 'review--twice'),
      'line 1, column 7: name: expected snake_case, such as code_review, found "review--twice"',
    ],
    [
      'an id that leads elsewhere',
      (text) => text.replace('id: first', 'id: ../first'),
      'line 5, column 9: steps[0].id: expected snake_case, such as code_review, found "../first"',
    ],
    [
      'a task type without end',
      (text) => text.replace('code_review', 'a'.repeat(65)),
      'line 7, column 16: steps[0].task_type: longer than 64 characters',
    ],
    ['a blank text', (text) => text.replace('Review twice', '"  "'), 'line 2, column 8: title: expected a text, found an empty one'],
    [
      'an escape code',
      (text) => text.replace('Review twice', String.raw`"\e[31mred"`),
      String.raw`line 2, column 8: title: expected one line without control characters, found "\u001b[31mred"`,
    ],
    ['an id used twice', (text) => text.replace('id: second', 'id: first'), 'line 10, column 9: steps[1]: the id first is used twice'],
    [
      'an unknown dependency',
      (text) => text.replace('[first]', '[frist]'),
      'line 16, column 18: steps[1]: second depends on the unknown step frist; did you mean first?',
    ],
    [
      'a dependency named twice',
      (text) => text.replace('[first]', '[first, first]'),
      'line 16, column 25: steps[1]: second names the dependency first twice',
    ],
    [
      'a step that waits for itself',
      (text) => text.replace('[first]', '[second]'),
      'line 10, column 9: steps[1]: second depends on itself',
    ],
    [
      'a circle',
      (text) => text.replace('id: first', 'id: first\n    depends_on: [second]'),
      'line 5, column 9: steps[0]: the steps depend on each other in a circle: first → second → first',
    ],
  ])('%s is refused with its line', (_what, change, problem) => {
    const { code, message } = outcomeOf(change(good));
    expect(code).toBe('workflow.invalid');
    expect(message).toContain(`\n  ${problem}`);
  });

  test.each<[what: string, text: string, place: string]>([
    ['a bracket that is not closed', 'name: [a', 'line 1, column'],
    ['a key that stands twice', 'name: a\nname: b', 'line 2, column 1'],
    ['an alias of nothing', 'name: *nothing', 'line 1, column'],
    ['two documents', `${good}---\n${good}`, 'line 19, column'],
    ['a tag of a language', 'name: !!js/function "x"', 'line 1, column'],
    ['a nesting without end', '['.repeat(20_000), 'line 1, column'],
    ['aliases that multiply', multiplyingAliases, 'line 1, column'],
  ])('%s is refused with its place', (_what, text, place) => {
    const { code, message } = outcomeOf(text);
    expect(code).toBe('workflow.invalid');
    expect(message).toContain(place);
  });

  test('all problems come in one error, in the order of the lines', () => {
    const { message, hint } = outcomeOf(
      good
        .replace('title:', 'titel:')
        .replace('expects: text', 'expects: txt')
        .replace('[first]', '[frist, second]')
        .replace('priority: 5', 'priority: high'),
    );
    expect(message.split('\n').map((line) => line.trim())).toEqual([
      'The workflow own.yaml has 5 problems:',
      'line 2, column 1: unknown key titel; did you mean title?',
      'line 9, column 14: steps[0].expects: unknown value "txt"; did you mean text?',
      'line 10, column 9: steps[1]: second depends on itself',
      'line 16, column 18: steps[1]: second depends on the unknown step frist; did you mean first?',
      'line 18, column 15: steps[1].priority: expected a number, found "high"',
    ]);
    expect(hint).toBe('Correct the lines named above and try again.');
  });

  test('no text, however odd, is answered with anything but a definition or workflow.invalid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.nat(good.length), fc.nat(good.length), (noise, start, end) => {
        const text = good.slice(0, Math.min(start, end)) + noise + good.slice(Math.max(start, end));
        const { code, message } = outcomeOf(text);
        expect(['accepted', 'workflow.invalid']).toContain(code);
        // Of the control characters only the message's own line breaks are left.
        expect(message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('loadWorkflow', () => {
  test('reads a file, and names it in an error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'multiagent-workflow-'));
    try {
      const path = join(folder, 'mine.yaml');
      writeFileSync(path, good);
      expect(loadWorkflow(path).name).toBe('review_twice');
      writeFileSync(path, 'name: x');
      expect(() => loadWorkflow(path)).toThrow(/^The workflow mine\.yaml has a problem:\n {2}line 1, column 1: steps: is missing/);
      expect(() => loadWorkflow(join(folder, 'none.yaml'))).toThrow(expect.objectContaining({ code: 'workflow.unreadable' }));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
