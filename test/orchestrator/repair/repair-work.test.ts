import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { standingFiles } from '../../../src/orchestrator/artifacts/standing-files.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { RequestRecord } from '../../support/fake-llama-server/request-record.ts';
import { teamWithSteps } from '../step-kinds/team-with-steps.ts';

const file = (name: string, ...lines: string[]) => `Here it is.\n\n\`\`\`python:${name}\n${lines.join('\n')}\n\`\`\`\n`;
const program = (...results: string[]) =>
  file('tips.py', ...results.flatMap((result, n) => [`def share${n}(cents):`, `    return ${result}`, '']));
const tests = (...wanted: string[]) =>
  file(
    'test_tips.py',
    'import unittest',
    'import tips',
    '',
    '',
    'class Shares(unittest.TestCase):',
    ...wanted.flatMap((value, n) => [`    def test_${n}(self):`, `        self.assertEqual(tips.share${n}(4), ${value})`, '']),
  );

const step = (id: string, role: string, depends_on: string[] = []) => ({
  id,
  role,
  task_type: id,
  description: `Do ${id}.`,
  expects: 'files' as const,
  depends_on,
});

interface Replies {
  /** A list: each time that the program is asked for. */
  implementation: string | string[];
  testing: string;
  /** To one repair after the other. */
  repairs: string[];
}

async function built(
  { implementation, testing, repairs, deployment }: Replies & { deployment?: string },
  settings: SettingsInput = {},
  {
    model = 'some-coder-14b-instruct',
    requirement = 'Write a Python module `tips.py` that shares tips.',
    attempts,
  }: { model?: string; requirement?: string; attempts?: number } = {},
) {
  const asked: string[] = [];
  const models: unknown[] = [];
  const programs = [implementation].flat();
  const asProgrammed: RequestRecord['body'][] = [];
  const programmed = (body: RequestRecord['body']) => {
    asProgrammed.push(body);
    return programs[Math.min(asProgrammed.length, programs.length) - 1] ?? '';
  };
  const reply = ({ body }: RequestRecord) => {
    const messages = (body['messages'] ?? []) as { role: string; content: string }[];
    const message = messages.findLast(({ role }) => role === 'user')?.content ?? '';
    if (message.includes('The first failure:')) {
      asked.push(message);
      models.push(body['model']);
      return repairs[asked.length - 1] ?? 'No more.';
    }
    // A small model is given the beginning of its reply.
    if (message.includes('Write the complete file `test_tips.py`')) return testing.slice(testing.indexOf('import unittest'));
    if (message.includes(': deployment')) return deployment ?? 'Nothing.';
    return message.includes(': testing') || message.includes('test_tips.py') ? testing : programmed(body);
  };
  const steps = [
    { ...step('implementation', 'developer'), ...(attempts === undefined ? {} : { attempts }) },
    step('testing', 'qa_engineer', ['implementation']),
  ];
  if (deployment !== undefined) steps.push(step('deployment', 'devops_engineer', ['testing']));
  const { engine, workspace, orchestrator } = await teamWithSteps(steps, {
    settings: { sandbox: 'off', verify: 'auto', ...settings },
    server: { model, reply },
  });
  const result = await engine.executeWorkflow('house', requirement);
  const state = await orchestrator.loadRun(result.workflow_id);
  const read = (path: string) => readFileSync(join(workspace, 'output', 'generated', result.workflow_id, path), 'utf8');
  return { result, asked, asProgrammed, models, state, read, tasks: [...state.tasks.keys()] };
}

describe('tests that fail', () => {
  it('on programs that the run was only given are looked at once by whoever wrote them, and the programs stay as they are', async () => {
    const asked: string[] = [];
    const reply = ({ body }: RequestRecord) => {
      const messages = (body['messages'] ?? []) as { role: string; content: string }[];
      const message = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      if (!message.includes('The first failure:')) return tests('2');
      asked.push(message);
      return `Like this.\n\n${program('cents // 2')}`;
    };
    const { engine, orchestrator } = await teamWithSteps([step('testing', 'qa_engineer')], {
      settings: { sandbox: 'off', verify: 'auto' },
      server: { model: 'some-coder-14b-instruct', reply },
    });
    const files = [{ path: 'tips.py', content: 'def share0(cents):\n    return cents\n' }];
    const result = await engine.executeWorkflow('house', 'Write tests for `tips.py`.', { files });
    const state = await orchestrator.loadRun(result.workflow_id);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('Decide by the requirement alone whether the program or the test is wrong.');
    expect(state.artifacts.map(({ path }) => path)).not.toContain('tips.py');
    expect(result.verification?.outcome).toBe('failed');
  });

  it('have the program repaired by whoever wrote it, and are run again', async () => {
    const { result, tasks, read, asked, state } = await built({
      implementation: program('cents'),
      testing: tests('2'),
      repairs: [program('cents // 2')],
    });
    expect(tasks).toEqual(['implementation', 'testing', 'testing/repair/1']);
    expect(state.tasks.get('testing/repair/1')?.role).toBe('developer');
    expect(asked[0]).toContain('AssertionError: 4 != 2');
    expect(read('tips.py')).toContain('cents // 2');
    expect(result.status).toBe('completed');
    expect(state.checks.map(({ verification }) => verification?.verdict)).toEqual(['failed', 'passed']);
    expect(result.checks?.map(({ step: of, round, verdict }) => [of, round, verdict])).toEqual([
      ['testing', 0, 'failed'],
      ['testing', 1, 'passed'],
    ]);
    // Later steps see the repair and the tests, each as a turn.
    expect(state.turnOrder).toEqual(['implementation', 'testing/repair/1', 'testing']);
  });

  it('are changed once by whoever wrote them, where the program is right', async () => {
    const { tasks, read, state } = await built({
      implementation: program('cents // 2'),
      testing: tests('3'),
      repairs: [program('cents // 2  # half'), `"Half for each."\n\n${tests('2')}`],
    });
    expect(tasks.slice(2)).toEqual(['testing/repair/1', 'testing/repair/2']);
    expect(state.tasks.get('testing/repair/2')?.role).toBe('qa_engineer');
    expect(read('test_tips.py')).toContain('tips.share0(4), 2)');
    expect(state.checks.at(-1)?.verification?.verdict).toBe('passed');
  });

  it('leave the best version, and no more than three repairs', async () => {
    const { tasks, read, result } = await built({
      implementation: program('1', '2', '9'),
      testing: tests('1', '2', '3'),
      repairs: [program('1', '2', '8'), 'The tests are right.', program('0', '0', '0')],
    });
    expect(tasks.slice(2)).toEqual(['testing/repair/1', 'testing/repair/2', 'testing/repair/3']);
    expect(read('tips.py')).toContain('return 2');
    expect(result.status).toBe('completed');
  });

  it('leave no file that a repair has added and that did not help', async () => {
    const { read, state } = await built({
      implementation: program('1', '2', '9'),
      testing: tests('1', '2', '3'),
      repairs: [`${program('1', '0', '8')}\n${file('helper.py', 'x = 1')}`, 'The tests are right.', program('0', '0', '0')],
    });
    expect(read('tips.py')).toContain('return 2');
    expect(() => read('helper.py')).toThrow('ENOENT');
    expect(state.removals.map(({ path, task }) => [path, task])).toEqual([['helper.py', 'testing']]);
  });

  it('leave no file that a repair and then an attempt have added in the same words', async () => {
    const helper = file('helper.py', 'x = 1');
    const { read, state, result } = await built(
      {
        implementation: [program('1', '2', '9'), `${program('0', '0', '0')}\n${helper}`],
        testing: tests('1', '2', '3'),
        repairs: [`${program('1', '0', '8')}\n${helper}`, 'The tests are right.', `${program('0', '0', '7')}\n${helper}`],
      },
      { task_attempts: 2 },
    );
    expect(read('tips.py')).toContain('return 2');
    expect(() => read('helper.py')).toThrow('ENOENT');
    expect(standingFiles(state).map(({ path }) => path)).toEqual(['tips.py', 'test_tips.py']);
    expect(result.verification.sentences).toEqual(['1 of 3 tests fails, without a sandbox (fresh).']);
  });

  it('speak for the version that came back: it was checked before', async () => {
    const { result } = await built({
      implementation: program('1', '2', '9'),
      testing: tests('1', '2', '3'),
      repairs: [program('1', '0', '8'), 'The tests are right.', program('0', '0', '0')],
    });
    expect(result.verification.sentences).toEqual(['1 of 3 tests fails, without a sandbox (fresh).']);
  });

  it('have the program written anew, from what was asked first and with another seed, as often as a person wants', async () => {
    const { tasks, asProgrammed, read, result, state } = await built(
      {
        implementation: [program('1', '9'), program('2', '9'), program('1', '2'), program('never')],
        testing: tests('1', '2'),
        repairs: [`${program('0', '9')}\n${file('helper.py', 'x = 1')}`, 'The tests are right.'],
      },
      { task_attempts: 4 },
    );
    expect(asProgrammed).toHaveLength(3);
    const [first, second, third] = asProgrammed;
    expect(second?.['messages']).toEqual(first?.['messages']);
    expect(new Set([second, third].map((body) => body?.['seed'])).size).toBe(2);
    expect(read('tips.py')).toContain('return 2');
    expect(result.verification.outcome).toBe('passed');
    expect(() => read('helper.py')).toThrow('ENOENT');
    expect(state.tasks.get(tasks.at(-1) ?? '')).toMatchObject({ kind: 'repair', role: 'developer', status: 'completed' });
  });

  it('are written anew as often as the step says that wrote them, whatever the settings say', async () => {
    const replies = { implementation: [program('9'), program('8'), program('7')], testing: tests('2'), repairs: [] };
    const once = await built(replies, { task_attempts: 5 }, { attempts: 1 });
    expect(once.asProgrammed).toHaveLength(1);
    const twice = await built(replies, {}, { attempts: 2 });
    expect(twice.asProgrammed).toHaveLength(2);
    expect(twice.state.tasks.get('testing')?.outputs?.['repairs']).toMatchObject({ ended: 'rounds' });
  });

  it('leave the best of what was written, where no attempt passes', async () => {
    const { read, result } = await built(
      {
        implementation: [program('1', '9', '9'), program('1', '2', '8'), program('0', '0', '0')],
        testing: tests('1', '2', '3'),
        repairs: [program('0', '9', '9'), 'The tests are right.', program('0', '9', '7')],
      },
      { task_attempts: 3 },
    );
    expect(read('tips.py')).toContain('return 8');
    expect(result.verification.sentences).toEqual(['1 of 3 tests fails, without a sandbox (fresh).']);
  });

  it('are written anew against the tests as whoever wrote them has corrected them', async () => {
    const { read, result } = await built(
      {
        implementation: [program('1', '9'), program('1', '2')],
        testing: tests('1', '3'),
        repairs: [program('0', '9'), `"Half for each."\n\n${tests('1', '2')}`, program('1', '8')],
      },
      { task_attempts: 2 },
    );
    expect(read('test_tips.py')).toContain('tips.share1(4), 2)');
    expect(result.verification.outcome).toBe('passed');
  });

  it('leave alone what another branch has written meanwhile, when an earlier version comes back', async () => {
    const { promise: isRepaired, resolve: repaired } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
    const repairs = [program('0', '9'), 'The tests are right.', program('0', '8')];
    const reply = async ({ body }: RequestRecord) => {
      const messages = (body['messages'] ?? []) as { role: string; content: string }[];
      const message = messages.findLast(({ role }) => role === 'user')?.content ?? '';
      if (message.includes('The first failure:')) {
        repaired();
        await isWritten;
        return repairs.shift() ?? 'No more.';
      }
      if (message.includes(': deployment')) {
        await isRepaired;
        return file('rates.py', 'rate = 1');
      }
      return message.includes(': testing') ? tests('1', '2') : program('1', '9');
    };
    const steps = [
      step('implementation', 'developer'),
      { ...step('deployment', 'devops_engineer', ['implementation']), verify: 'off' },
      step('testing', 'qa_engineer', ['implementation']),
    ];
    const { run, workspace } = await teamWithSteps(steps, {
      settings: { sandbox: 'off', verify: 'auto', max_concurrent_agents: 2 },
      server: { model: 'some-coder-14b-instruct', slots: 2, contextTokens: 32_768, reply },
      orchestrator: {
        onEvent: (event) => {
          if (event.type === 'task.completed' && event.data.task === 'deployment') written();
        },
      },
    });
    const result = await run();
    const read = (path: string) => readFileSync(join(workspace, 'output', 'generated', result.workflow_id, path), 'utf8');
    expect(read('tips.py')).toContain('return 1');
    expect(read('rates.py')).toContain('rate = 1');
  });

  it('are not repaired once more by a later step, where nobody has managed to', async () => {
    const { tasks, state } = await built({
      implementation: program('cents'),
      testing: tests('2'),
      repairs: [program('cents  # once'), 'The tests are right.'],
      deployment: 'Here it is.\n\n```sh:deploy.sh\necho deploy\n```\n',
    });
    expect(tasks).toEqual(['implementation', 'testing', 'testing/repair/1', 'testing/repair/2', 'deployment']);
    expect(state.tasks.get('testing')?.outputs?.['repairs']).toMatchObject({ count: 2, ended: 'same_failure' });
  });

  it('and examples of the requirement speak for the program as it was repaired', async () => {
    const requirement = 'Write a Python module `tips.py` with `share0(cents)`. `share0(4)` returns `2`.';
    const { result, asked } = await built(
      {
        implementation: program('cents // 2', '9'),
        testing: tests('2', '3'),
        repairs: ['The tests are right.', program('cents // 2', '3')],
      },
      {},
      { requirement },
    );
    // They hold, so that the test is doubted first.
    expect(asked[0]).toContain('Decide by the requirement alone');
    expect(result.examples).toMatchObject({ held: 1, run: 1, fresh: true });
    expect(result.verification.outcome).toBe('passed');
  });

  it('go to the model that is set for it, where the team is too small to repair', async () => {
    const settings = { models: { large: { model: 'some-coder-32b-instruct' } }, repair_model: 'large' };
    const replies = { implementation: program('cents'), testing: tests('2'), repairs: [program('cents // 2')] };
    const { tasks, read, state, models } = await built(replies, settings, { model: 'some-coder-1.5b-instruct' });
    expect(tasks.slice(2)).toEqual(['testing/repair/1']);
    expect(state.tasks.get('testing/repair/1')).toMatchObject({ model: 'large', askedModel: 'large' });
    expect(models).toEqual(['some-coder-32b-instruct']);
    expect(read('tips.py')).toContain('cents // 2');
  });

  it('are not sent to a model that the settings do not know: the run does not begin', async () => {
    const replies = { implementation: program('cents'), testing: tests('2'), repairs: [] };
    const settings = { models: { large: { model: 'some-coder-32b-instruct' } }, repair_model: 'lrage' };
    await expect(built(replies, settings)).rejects.toMatchObject({
      code: 'model.unknown',
      message: expect.stringContaining('repair_model'),
    });
  });

  it.each<[string, SettingsInput, string]>([
    ['a person wants nothing run', { verify: 'off' }, 'some-coder-14b-instruct'],
    ['the model is small: it repeats its mistake', {}, 'some-coder-1.5b-instruct'],
  ])('are not sent to repair where %s', async (_, settings, model) => {
    const { tasks } = await built({ implementation: program('cents'), testing: tests('2'), repairs: [] }, settings, { model });
    expect(tasks).toEqual(['implementation', 'testing']);
  });
});
