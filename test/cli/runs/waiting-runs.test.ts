import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../../src/orchestrator/workflow-engine.ts';
import { runCommand } from '../../support/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { definitionOf } from '../../orchestrator/step-kinds/team-with-steps.ts';
import { fake } from './runs-in-a-project.ts';

/** A run of a program that waits for a signal, a day at most, in a folder that the command then works in. */
async function waitingRun() {
  const server = await fake();
  const directory = temporaryFolder();
  const stateFolder = join(directory, '.local', 'state', 'multiagent');
  const orchestrator = new AgentOrchestrator({
    workspace: directory,
    stateFolder,
    config: { workspace: directory, output_directory: join(directory, 'output'), llm_base_url: server.address },
  });
  const engine = new WorkflowEngine(orchestrator);
  const look = { id: 'look', kind: 'wait', description: 'Somebody looks at it.', signal: 'looked at', seconds: 86_400 };
  engine.registerWorkflow(definitionOf('house', [look]));
  const { workflow_id: run } = await engine.executeWorkflow('house', 'Build it.');
  await orchestrator.close();
  return { run, directory, call: (...args: string[]) => runCommand(args, { directory }) };
}

describe('a run that waits', () => {
  it('is shown as waiting; resume says what to type and ends with 4, and after the signal goes on', async () => {
    const { run, call } = await waitingRun();
    expect((await call('runs', '--status', 'waiting')).output).toContain(run);
    expect((await call('status')).output).toMatch(
      new RegExp(String.raw`, waiting\n[^]*look +waiting[^]*Resume {2}multiagent resume ${run}`),
    );
    expect(await call('rm', '--older-than', '1h', '--yes')).toMatchObject({ code: 0, output: expect.stringContaining('No run is older') });

    const early = await call('resume', '--trust');
    expect(early).toMatchObject({ code: 4, errors: '' });
    expect(early.output).toContain('Waiting: 0 of 1 tasks, 0 files.');
    expect(early.output).toMatch(/^ {2}Waits {4}until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d; no process runs until then$/m);
    expect(early.output).toContain(`  Wake     multiagent signal ${run} 'looked at'\n  Resume   multiagent resume ${run}\n`);

    const other = await call('signal', 'something');
    expect(other.output).toBe(`No step of the run ${run} (waiting) waits for the signal "something" now; it is kept until a step does.\n`);
    for (const word of ['latest', run])
      expect(await call('signal', word)).toMatchObject({
        code: 2,
        errors: expect.stringContaining(`"${word}" names a run, and no signal.`),
      });
    const sent = await call('signal', run, 'looked at');
    expect(sent.output).toBe(
      `Sent the signal "looked at" to the run ${run}, where look waits for it.\nThe run is not running now. Continue it with: multiagent resume ${run}\n`,
    );
    expect(await call('resume', '--trust')).toMatchObject({ code: 0, output: expect.stringContaining('Completed') });
  });

  it('tells a program the same', async () => {
    const { run, call } = await waitingRun();
    const { code, output, errors } = await call('resume', '--trust', '--json');
    expect(code).toBe(4);
    expect(output).toBe('');
    expect(errors).toContain(`multiagent signal ${run} 'looked at'`);
    const shown = JSON.parse((await call('show', '--json')).output) as { status: string; waits_for: unknown };
    expect(shown).toMatchObject({
      status: 'waiting',
      waits_for: { until: expect.stringMatching(/^\d{4}-/) as string, signals: ['looked at'] },
    });
  });

  it('needs the name of the signal', async () => {
    expect(await runCommand(['signal'], { directory: temporaryFolder() })).toMatchObject({
      code: 2,
      errors: expect.stringContaining('No signal was named.') as string,
    });
  });
});
