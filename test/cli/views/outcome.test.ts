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
