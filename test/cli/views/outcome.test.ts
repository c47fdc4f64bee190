import { expect, it } from 'vitest';
import { outcomeLines } from '../../../src/cli/views/outcome.ts';
import { runFolders } from '../../../src/orchestrator/journal/run-folders.ts';
import { analysis, teamWithSteps } from '../../orchestrator/step-kinds/team-with-steps.ts';

it('of a completed run, steps that a condition skipped are told of as not needed', async () => {
  const { run, workspace, orchestrator } = await teamWithSteps([analysis('first'), { ...analysis('second'), when: 'false' }] as never);
  const result = await run();
  const folders = runFolders({ output: orchestrator.outputFolder, run: result.workflow_id, workflow: 'house' });
  expect(outcomeLines(result, folders, workspace)[1]).toMatch(/^Completed in .*: 1 of 2 tasks, 1 not needed, 1 file\.$/);
});

it('of a run that failed though its tasks are done, why', async () => {
  const { run, workspace, orchestrator } = await teamWithSteps([analysis('first')] as never, { settings: { verify: 'required' } });
  const result = await run();
  const folders = runFolders({ output: orchestrator.outputFolder, run: result.workflow_id, workflow: 'house' });
  const [, first, second] = outcomeLines(result, folders, workspace);
  expect(first).toMatch(/^FAILED in .*: 1 of 1 tasks, 1 file\.$/);
  expect(second).toMatch(/^ {2}What the team wrote could not all be checked, and verify is required: /);
});
