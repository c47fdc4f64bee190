import { onTestFinished, expect, it } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { teamOnFake } from '../../support/team-on-fake.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function finishedRun(stateFolder: string | undefined) {
  const team = await teamOnFake({ settings: { max_concurrent_agents: 1 }, orchestrator: { stateFolder } });
  const { workflow_id: run } = await team.engine.executeWorkflow('analysis', 'Build it.');
  await team.orchestrator.close();
  const another = (folder: string | undefined) => {
    const orchestrator = new AgentOrchestrator({
      workspace: team.workspace,
      clock: instantClock(),
      stateFolder: folder,
      config: { workspace: team.workspace, output_directory: `${team.workspace}/output`, llm_base_url: team.server.address },
    });
    onTestFinished(() => orchestrator.close());
    return orchestrator;
  };
  return { run, rerun: (folder: string | undefined, trust?: boolean) => another(folder).rerunFrom(run, { from: 'final_analysis', trust }) };
}

it('a run is built on by the person who began it, and by others only where they say so', async () => {
  const mine = temporaryFolder();
  const { rerun } = await finishedRun(mine);
  expect((await rerun(mine)).status).toBe('completed');
  await expect(rerun(temporaryFolder())).rejects.toMatchObject({
    code: 'run.foreign',
    hint: expect.stringContaining('--trust') as string,
  });
  expect((await rerun(temporaryFolder(), true)).status).toBe('completed');
});

it('a program that keeps no such list is not asked, also not about a run of the command', async () => {
  const { rerun } = await finishedRun(undefined);
  expect((await rerun(undefined)).status).toBe('completed');
});
