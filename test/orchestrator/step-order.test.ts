import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkflowDefinitionInput } from '../../src/workflows/workflow-schema.ts';
import { parseWorkflow } from '../../src/workflows/load-workflow.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const step = (id: string, depends_on: string[] = []) => ({
  id,
  role: 'developer',
  task_type: id,
  description: `Do ${id}.`,
  depends_on,
  expects: 'files' as const,
});

/** The last of its steps is listed first. */
const backwards: WorkflowDefinitionInput = {
  name: 'house_rules',
  title: 'House rules',
  description: 'Build as we do it here.',
  steps: [step('polish', ['build', 'plan']), step('build', ['plan']), step('plan')],
};
const requirement = 'A birdhouse.';

/** Each step writes the same file anew. */
async function teamThatWrites(orchestrator: { max_concurrent_agents: number }) {
  const team = await teamOnFake({
    settings: orchestrator,
    server: { slots: 2, contextTokens: 65_536, reply: ({ taskType }) => `\`\`\`text:house.txt\nas ${taskType} left it\n\`\`\`\n` },
  });
  team.engine.registerWorkflow(backwards);
  return team;
}

describe.each([1, 2])('a workflow that lists a step before what it needs, with up to %i at once', (atOnce) => {
  it('runs in the order of its graph, and the later step has the last word on a file', async () => {
    const { engine, server, workspace, events } = await teamThatWrites({ max_concurrent_agents: atOnce });
    const result = await engine.executeWorkflow('house_rules', requirement);
    expect(result).toMatchObject({ status: 'completed', error: null });
    expect(server.requests.map(({ taskType }) => taskType)).toEqual(['plan', 'build', 'polish']);
    expect(eventsOfType(events, 'task.added').map(({ data }) => [data.number, data.task])).toEqual([
      [1, 'plan'],
      [2, 'build'],
      [3, 'polish'],
    ]);
    expect(readFileSync(join(workspace, 'output', 'generated', result.workflow_id, 'house.txt'), 'utf8')).toBe('as polish left it\n');
  });

  it('is followed up as any other', async () => {
    const { engine, orchestrator, server } = await teamThatWrites({ max_concurrent_agents: atOnce });
    const first = await engine.executeWorkflow('house_rules', requirement);
    let before = server.requests.length;
    const asked = () => {
      const since = server.requests.slice(before).map(({ taskType }) => taskType);
      before = server.requests.length;
      return since;
    };
    await orchestrator.retryRun(first.workflow_id, { task: 'build' });
    expect(asked()).toEqual(['build', 'polish']);
    const again = await orchestrator.rerunFrom(first.workflow_id, { from: 'build' });
    expect(asked()).toEqual(['build', 'polish']);
    const refined = await orchestrator.refineRun(again.workflow_id, { request: 'Paint it.' });
    expect([again.status, refined.status]).toEqual(['completed', 'completed']);
    expect(asked()).toEqual(['refinement']);
  });

  it('goes on where it was cut off', async () => {
    const stop = new AbortController();
    const { engine, orchestrator, server, events } = await teamThatWrites({ max_concurrent_agents: atOnce });
    const running = engine.executeWorkflow('house_rules', requirement, {}, { signal: stop.signal });
    await server.waitForEnd(0);
    stop.abort(new Error('Ctrl-C'));
    const { workflow_id: run } = await running;
    const result = await orchestrator.resumeRun(run);
    expect(result.status).toBe('completed');
    expect(eventsOfType(events, 'task.completed').map(({ data }) => data.task)).toEqual(['plan', 'build', 'polish']);
  });
});

it('a workflow file may list its steps in any order, too, and so may a definition that a program makes itself', async () => {
  const { orchestrator, server } = await teamThatWrites({ max_concurrent_agents: 1 });
  const fromFile = parseWorkflow(JSON.stringify(backwards), 'house.yaml');
  const result = await orchestrator.executeWorkflow({ definition: fromFile, requirement, files: [], context: {} });
  expect(result.status).toBe('completed');
  expect(server.requests.map(({ taskType }) => taskType)).toEqual(['plan', 'build', 'polish']);
});
