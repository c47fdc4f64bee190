import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { analysis, definitionOf } from './step-kinds/team-with-steps.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

it('a workflow that needs no requirement runs without one, and what builds on it does, too', async () => {
  const replies = replyAsTeam();
  const { engine, orchestrator, server, workspace } = await teamOnFake({
    settings: { max_concurrent_agents: 1 },
    server: { reply: (request) => (request.taskType === 'refinement' ? '```python:a.py\nprint(1)\n```\n' : replies(request)) },
  });
  engine.registerWorkflow({ ...definitionOf('survey', [analysis('look')]), inputs: { requirement: 'optional' } });
  const { status, workflow_id: run } = await engine.executeWorkflow('survey', '');
  expect(status).toBe('completed');
  const asked = JSON.stringify(server.requests.map(({ body }) => body));
  expect(asked).toContain('Look at it (look).');
  expect(asked, 'there is no heading over nothing').not.toContain('# Requirement');
  expect(readFileSync(join(workspace, 'output', `workflow_summary_${run}.md`), 'utf8')).not.toContain('## Requirement');

  expect((await orchestrator.rerunFrom(run, { from: 'look' })).status).toBe('completed');
  const refined = await orchestrator.refineRun(run, { request: 'Say it in fewer words.', role: 'developer' });
  expect(refined.error).toBeNull();
});

it('a definition that says something else of its inputs is refused when it is registered', async () => {
  const { engine } = await teamOnFake();
  const inputs = { requirement: 'sometimes' } as unknown as { requirement: 'optional' };
  expect(() => engine.registerWorkflow({ ...definitionOf('survey', [analysis('look')]), inputs })).toThrow(
    expect.objectContaining({ code: 'workflow.invalid', message: expect.stringContaining('inputs.requirement') as string }),
  );
});
