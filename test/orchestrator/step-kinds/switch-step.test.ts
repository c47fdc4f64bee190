import { expect, it } from 'vitest';
import { teamThatTells, told } from './tell-step.ts';

const triage = told('triage', { outputs_are: { json: { kind: 'bug' } } });
const choice = (options: object = {}) => ({
  id: 'choice',
  kind: 'switch',
  description: 'Do what fits.',
  depends_on: ['triage'],
  cases: [
    { when: "steps.triage.json.kind == 'idea'", steps: [told('design')] },
    { when: "steps.triage.json.kind == 'bug'", steps: [told('reproduce'), told('mend', { depends_on: ['reproduce'] })] },
    { when: 'true', steps: [told('never')] },
  ],
  ...options,
});
const after = told('after', { depends_on: ['choice'], when: "steps.mend.status == 'completed'" });

it('does the steps of the first case that applies, and of no other', async () => {
  const { runSteps } = await teamThatTells();
  const { statuses, tasks } = await runSteps([triage, choice(), after]);
  expect(statuses).toEqual({
    triage: 'completed',
    choice: 'completed',
    'choice/2/reproduce': 'completed',
    'choice/2/mend': 'completed',
    after: 'completed',
  });
  expect(tasks.get('choice')).toMatchObject({ because: 'Case 2 applies.', outputs: { case: 2, steps: { mend: { status: 'completed' } } } });
});

it('does the steps of the default where none applies, and nothing where there is none', async () => {
  const { runSteps } = await teamThatTells();
  const cases = [{ when: 'false', steps: [told('never')] }];
  const withDefault = await runSteps([triage, choice({ cases, default: [told('ask')] })]);
  expect(withDefault.statuses).toMatchObject({ 'choice/2/ask': 'completed', choice: 'completed' });
  expect(withDefault.tasks.get('choice')?.outputs).toMatchObject({ case: 'default' });
  const without = await runSteps([triage, choice({ cases })]);
  expect(without.statuses).toEqual({ triage: 'completed', choice: 'completed' });
  expect(without.tasks.get('choice')).toMatchObject({ because: 'No case applies.', outputs: { case: null } });
});

it('fails where a step of it does, or where a condition has no value', async () => {
  const { runSteps } = await teamThatTells();
  const bad = await runSteps([triage, choice({ cases: [{ when: 'true', steps: [told('mend', { ends: 'badly' })] }] }), after]);
  expect(bad.statuses).toMatchObject({ 'choice/1/mend': 'failed', choice: 'failed', after: 'skipped' });
  expect(bad.tasks.get('choice')?.error).toEqual({ code: 'switch.step_failed', message: 'choice/1/mend: It was told to.' });
  const unclear = await runSteps([triage, choice({ cases: [{ when: 'steps.triage.json.kind > 3', steps: [told('mend')] }] })]);
  expect(unclear.tasks.get('choice')?.error?.code).toBe('expression.failed');
});

it.each([
  ['no cases', { cases: [] }, 'cases'],
  ['a case without steps', { cases: [{ when: 'true', steps: [] }] }, 'cases[0].steps'],
  ['a condition that is none', { cases: [{ when: '1 + 1', steps: [told('a')] }] }, 'steps[1].cases[0].when: expected true or false'],
  [
    'one id in two cases',
    { cases: ['a', 'b'].map((name) => ({ when: `'${name}' == 'a'`, steps: [told('same')] })) },
    'the id same is used twice',
  ],
])('is refused with %s when the workflow is registered', async (_, options, message) => {
  const { runSteps } = await teamThatTells();
  await expect(runSteps([triage, choice(options)])).rejects.toThrow(message);
});
