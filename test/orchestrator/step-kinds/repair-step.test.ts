import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { StepKind } from '../../../src/orchestrator/step-kind.ts';
import { repairStep } from '../../../src/orchestrator/step-kinds/repair-step.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { teamWithSteps } from './team-with-steps.ts';

const file = (name: string, ...lines: string[]) => `Here it is.\n\n\`\`\`python:${name}\n${lines.join('\n')}\n\`\`\`\n`;
const program = (result: string) => file('tips.py', 'def share(cents):', `    return ${result}`);
const tests = (result: string) =>
  file('test_tips.py', 'from tips import share', '', '', 'def test_share():', `    assert share(4) == ${result}`);

const step = (id: string, task_type: string, role: string, depends_on: string[] = []) => ({
  id,
  role,
  task_type,
  description: `Do ${id}.`,
  expects: 'files' as const,
  depends_on,
});
const repair = (of: 'programs' | 'tests') => ({
  id: 'mend',
  kind: 'mending',
  description: 'Repair it.',
  role: of === 'programs' ? 'developer' : 'qa_engineer',
  of,
  ran: 'The tests were run (pytest).',
  outcome: '1 of 1 tests fails.',
  // What a program prints is no expression.
  failure: 'assert share(4) == 2\nE  assert 4 == 2 {{ share }}',
  depends_on: ['implementation', 'testing'],
});

/** Repairs join a run by themselves, and no workflow may have one. Under another name it may. */
const mending = { ...repairStep, name: 'mending', joinsRunsOnly: undefined } as unknown as StepKind;

/** What a run leaves whose repair is answered so. */
async function repaired(of: 'programs' | 'tests', reply: string) {
  const asked: string[] = [];
  const answer = ({ body }: RequestRecord) => {
    const message = (body['messages'] as { content: string }[] | undefined)?.at(-1)?.content ?? '';
    if (message.includes(': implementation')) return program('cents');
    if (message.includes(': testing')) return tests('2');
    asked.push(message);
    return reply;
  };
  const steps = [
    step('implementation', 'implementation', 'developer'),
    step('testing', 'testing', 'qa_engineer', ['implementation']),
    repair(of),
  ];
  const { run, workspace, orchestrator, events } = await teamWithSteps(steps, { server: { reply: answer }, kind: mending });
  const result = await run();
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  const read = (path: string) => readFileSync(join(workspace, 'output', 'generated', result.workflow_id, path), 'utf8');
  return { result, asked, read, task: tasks.get('mend'), refused: eventsOfType(events, 'artifact.refused').map(({ data }) => data.reason) };
}

it('tells whoever wrote the program what fails, and takes the program that comes back', async () => {
  const { result, asked, read, task } = await repaired('programs', program('cents // 2'));
  expect(result.status).toBe('completed');
  expect(read('tips.py')).toContain('cents // 2');
  expect(task?.outputs).toEqual({ of: 'programs', changed: true });
  expect(asked).toHaveLength(1);
  for (const words of ['Developer', 'The tests were run (pytest). 1 of 1 tests fails.', 'E  assert 4 == 2', 'The tests stay as they are.'])
    expect(asked[0]).toContain(words);
});

it('leaves tests as they are where the program is to be repaired, and says so', async () => {
  const { result, read, task, refused } = await repaired('programs', tests('4'));
  expect(result.status).toBe('completed');
  expect(read('test_tips.py')).toContain('== 2');
  expect(task?.outputs).toEqual({ of: 'programs', changed: false });
  expect(task?.because).toContain('this step must not change it');
  expect(refused).toEqual(["'test_tips.py' stays as it is: this step must not change it."]);
});

it('takes a corrected test from whoever wrote the tests, and no program', async () => {
  const { read, asked } = await repaired('tests', `"Half for each."\n\n${tests('2  # half')}\n${program('2')}`);
  expect(read('test_tips.py')).toContain('# half');
  expect(read('tips.py')).toContain('return cents');
  expect(asked[0]).toContain('QA Engineer');
});

it('a word that the tests are right is an answer, and no failure', async () => {
  const { result, task } = await repaired('tests', 'The tests are right.');
  expect(result.status).toBe('completed');
  expect(task?.outputs).toEqual({ of: 'tests', changed: false });
  expect(task?.because).toBe('The reply changes no file.');
});

it('shows a file of the project that a repair would replace unseen, or asks for, and takes what comes then', async () => {
  const unseen = { 'rounding.py': 'def whole(cents):\n    return round(cents)\n' };
  const better = file('rounding.py', 'def whole(cents):', '    return int(cents)');
  const asked: string[] = [];
  const answers = [file('rounding.py', 'def whole(cents):', '    return 0'), 'READ: tax.py', better];
  const answer = ({ body }: RequestRecord) => {
    const message = (body['messages'] as { content: string }[] | undefined)?.at(-1)?.content ?? '';
    if (message.includes(': implementation')) return program('cents');
    if (message.includes(': testing')) return tests('2');
    asked.push(message);
    return answers[asked.length - 1] ?? '';
  };
  const steps = [
    step('implementation', 'implementation', 'developer'),
    step('testing', 'testing', 'qa_engineer', ['implementation']),
    repair('programs'),
  ];
  const files = { ...unseen, 'tax.py': 'RATE = 19\n' };
  const { run, workspace, events, orchestrator } = await teamWithSteps(steps, {
    kind: mending,
    server: { reply: answer },
    orchestrator: { store: knowingProject(new MemoryEventStore(), files) },
  });
  writeProject(workspace, files);
  const result = await run();
  expect(asked).toHaveLength(3);
  expect(asked[1]).toContain('# What stands there already');
  expect(asked[1]).toContain('return round(cents)');
  expect(asked[2]).toContain('RATE = 19');
  const written = eventsOfType(events, 'artifact.written').filter(({ data }) => data.path === 'rounding.py');
  expect(written).toHaveLength(1);
  expect(readFileSync(join(workspace, 'output', 'generated', result.workflow_id, 'rounding.py'), 'utf8')).toContain('int(cents)');
  expect((await orchestrator.loadRun(result.workflow_id)).tasks.get('mend')?.outputs).toEqual({ of: 'programs', changed: true });
});
