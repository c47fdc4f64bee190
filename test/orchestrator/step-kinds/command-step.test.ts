import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chooseSandbox } from '../../../src/sandbox/choose-sandbox.ts';
import { eventsOfType } from '../../support/team-on-fake.ts';
import { analysis, teamWithSteps } from './team-with-steps.ts';

const command = (text: string) => ({ id: 'try_it', kind: 'command', description: 'Try it.', command: text, depends_on: ['make'] });
const make = {
  id: 'make',
  role: 'developer',
  task_type: 'implementation',
  description: 'Write it.',
  expects: 'files' as const,
};
const unconfined = { settings: { sandbox: 'off' as const } };

it('runs a command on the files of the run, and its exit code and output can be read afterwards', async () => {
  const { run, orchestrator, events } = await teamWithSteps([make, command('ls; echo "$PATH"')], unconfined);
  const result = await run();
  expect(result.status).toBe('completed');
  const { tasks, artifacts } = await orchestrator.loadRun(result.workflow_id);
  const outputs = tasks.get('try_it')?.outputs as { exit_code: number; output: string };
  expect(outputs).toMatchObject({ exit_code: 0, outcome: 'passed' });
  expect(outputs.output).toContain(artifacts[0]!.path.split('/')[0]);
  expect(outputs.output).toContain('/usr/bin:/bin');
  const commands = eventsOfType(events, 'activity.completed').filter(({ data }) => data.kind === 'command');
  expect(commands.map(({ data }) => data.activity)).toEqual(['try_it/1']);
  expect(result.checks).toHaveLength(1);
});

it('fails where the command does, and what needs it is skipped', async () => {
  const { run, orchestrator } = await teamWithSteps([make, command('echo no; exit 3'), analysis('after', ['try_it'])], unconfined);
  const result = await run();
  const { tasks } = await orchestrator.loadRun(result.workflow_id);
  expect(tasks.get('try_it')?.error).toMatchObject({ code: 'command.failed', message: result.tasks['try_it']?.error });
  expect(result.status).toBe('failed');
  expect(result.tasks['try_it']?.error).toContain('FAILED with exit code 3');
  expect(result.tasks['after']?.status).toBe('skipped');
});

const isReady = (await chooseSandbox('auto').probe()).state === 'ready';

it.runIf(isReady)(
  'runs in the sandbox of this machine: it sees the files, changes only its copy of them, and reaches nothing else',
  async () => {
    const { run, orchestrator, workspace } = await teamWithSteps([
      make,
      command(`touch made_by_command; ls "${process.env['HOME'] ?? '/root'}" /nowhere 2>&1; echo end`),
    ]);
    const result = await run();
    expect(result.status).toBe('completed');
    const { tasks } = await orchestrator.loadRun(result.workflow_id);
    expect(tasks.get('try_it')?.outputs?.['output']).toContain('end');
    expect(existsSync(join(workspace, 'output', 'generated', result.workflow_id, 'made_by_command'))).toBe(false);
  },
);
