import { expect, it, test } from 'vitest';
import { checkDefinition } from '../../../src/workflows/definition-problems.ts';
import { StepKindRegistry } from '../../../src/orchestrator/step-kinds/step-kind-registry.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { day, restingRun } from './people.ts';
import { analysis } from './team-with-steps.ts';

const question = (options: object = {}) => ({
  id: 'colour',
  kind: 'question',
  description: 'Which colour?',
  ask: 'Which colour has the button?',
  ...options,
});
const steps = (options: object = {}) => [question(options), analysis('after', ['colour'])];

it('is in the journal before anybody is asked; the run rests until somebody answers', async () => {
  const { first, events, decide, resume, state } = await restingRun(steps({ timeout: '12h' }));
  expect(first.status).toBe('waiting');
  const [asked] = eventsOfType(events, 'task.asked');
  expect(asked?.data).toMatchObject({ task: 'colour', wants: 'answer', ask: 'Which colour has the button?', answer: 'text', shown: [] });
  await decide({ decision: 'answered', answer: ' Blue ', comment: 'As the sea.' }, { by: 'Ann' });
  expect((await resume()).status).toBe('completed');
  const { tasks } = await state();
  expect(tasks.get('colour')?.outputs).toEqual({ decision: 'answered', output: 'Blue', by: 'Ann', comment: 'As the sea.' });
});

test.each(['contract', 'material', 'transcript', 'per_role'] as const)(
  'the answer is what later steps see, in the layout %s',
  async (prompt_layout) => {
    const { decide, resume, lastPrompt } = await restingRun(steps(), { settings: { prompt_layout } });
    await decide({ decision: 'answered', answer: 'Blue' });
    await resume();
    const prompt = JSON.stringify(lastPrompt());
    expect(prompt.split('Which colour has the button?')).toHaveLength(2);
    expect(prompt).toContain('The answer: Blue');
  },
);

test.each(['contract', 'material', 'transcript', 'per_role'] as const)(
  'the answer to a private question is shown to no later step, in the layout %s',
  async (prompt_layout) => {
    const { decide, resume, lastPrompt } = await restingRun(steps({ private: true }), { settings: { prompt_layout } });
    await decide({ decision: 'answered', answer: 'Blue' });
    await resume();
    expect(JSON.stringify(lastPrompt())).not.toMatch(/Which colour has the button|Blue/);
  },
);

test.each<[string, object, string | number | boolean, unknown]>([
  ['a text', {}, '  two words ', 'two words'],
  ['a number', { answer: 'number' }, '-4.5', -4.5],
  ['a number from a program', { answer: 'number' }, 7, 7],
  ['yes', { answer: 'boolean' }, 'Yes', true],
  ['no', { answer: 'boolean' }, 'n', false],
  ['a truth value from a program', { answer: 'boolean' }, false, false],
  ['one of several', { answer: { choice: ['red', 'Blue'] } }, 'blue', 'Blue'],
])('takes %s in its type', async (_, options, answer, expected) => {
  const { decide, resume, state } = await restingRun([question(options)]);
  await decide({ decision: 'answered', answer });
  expect((await resume()).status).toBe('completed');
  expect((await state()).tasks.get('colour')?.outputs?.['output']).toBe(expected);
});

test.each<[string, object, string | number, string]>([
  ['an empty text', {}, ' ', '" " is no answer to colour.'],
  ['a word for a number', { answer: 'number' }, 'many', '"many" is no answer to colour.'],
  ['endlessly many', { answer: 'number' }, 'Infinity', '"Infinity" is no answer to colour.'],
  ['nothing for a number', { answer: 'number' }, '', '"" is no answer to colour.'],
  ['a number for yes or no', { answer: 'boolean' }, 1, '"1" is no answer to colour.'],
  ['another choice', { answer: { choice: ['red', 'blue'] } }, 'green', '"green" is no answer to colour.'],
])('refuses %s, says what it wants, and goes on waiting', async (_, options, answer, message) => {
  const { decide, state } = await restingRun([question(options)]);
  await expect(decide({ decision: 'answered', answer })).rejects.toMatchObject({ code: 'decision.wrong_answer', message });
  expect((await state()).tasks.get('colour')).toMatchObject({ status: 'waiting' });
});

test.each([
  ['its default', { default: 'grey' }, 'completed', 'grey', null, [undefined, undefined]],
  [
    'a failure, without one',
    {},
    'failed',
    undefined,
    'colour: Nobody answered in time. It was asked for a text: Which colour has the button?',
    ['question.unanswered', 'Retry the step to ask again, or give the step a default.'],
  ],
])('nobody answers in time: %s counts', async (_, options, status, output, error, told) => {
  const { resume, state } = await restingRun(steps({ timeout: '12h', ...options }));
  expect((await resume(day / 4)).status).toBe('waiting');
  expect(await resume(day)).toMatchObject({ status, error });
  const task = (await state()).tasks.get('colour');
  expect(task?.outputs?.['output']).toBe(output);
  expect([task?.error?.code, task?.error?.hint]).toEqual(told);
});

test.each([
  [
    'a default of another type',
    { answer: 'number', default: 'many' },
    'expected a default that is an answer of the type that is asked for',
  ],
  ['a choice of nothing', { answer: { choice: [] } }, ''],
  ['a time that is none', { timeout: 'soon' }, 'expected seconds (90) or a time such as 30s, 10m, 2h or 3d, a year at most'],
  ['control characters', { ask: 'A\u001b[31m' }, 'expected a text without control characters'],
])('a definition with %s is refused', (_, options, message) => {
  const checked = checkDefinition(
    { name: 'house', title: 'House', description: 'House.', steps: [question(options)] },
    new StepKindRegistry().declarations,
  );
  expect(checked.valid).toBe(false);
  expect(JSON.stringify(checked)).toContain(message);
});
