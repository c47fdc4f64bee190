import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { decideRun } from '../../src/operations/decide-run.ts';
import type { PersonDecision } from '../../src/orchestrator/decisions/judge-decision.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { program, standingClock } from '../orchestrator/step-kinds/people.ts';
import { teamOnFake } from '../support/team-on-fake.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/approvals.md'), 'utf8');
const samples = [...page.matchAll(/^```yaml\n([^`]*)^```$/gm)].map(([, text = '']) => text);

/** Runs a sample as a file of the workspace would be run, with these decisions in turn. */
async function decided(name: string, decisions: PersonDecision[]) {
  const text = samples.find((sample) => (parse(sample) as { name: string }).name === name) ?? '';
  let versions = 0;
  const { orchestrator, workspace } = await teamOnFake({
    server: { reply: () => program(`version ${(versions += 1)}`) },
    orchestrator: { clock: standingClock() },
  });
  mkdirSync(join(workspace, '.multiagent', 'workflows'), { recursive: true });
  writeFileSync(join(workspace, '.multiagent', 'workflows', `${name}.yaml`), text);
  let result = await new WorkflowEngine(orchestrator).executeWorkflow(name, 'Greet.', {}, { whileWaiting: 'rest' });
  const statuses = [result.status];
  for (const decision of decisions) {
    await decideRun(orchestrator, result.workflow_id, decision);
    result = await orchestrator.resumeRun(result.workflow_id, { whileWaiting: 'rest' });
    statuses.push(result.status);
  }
  return { statuses, tasks: result.tasks };
}

describe('docs/approvals.md', () => {
  it('has no sample that is not run here', () => {
    expect(samples.map((sample) => (parse(sample) as { name: string }).name)).toEqual(['release', 'release_with_lead', 'greeting']);
  });

  it('release: rejected once, then approved', async () => {
    const { statuses, tasks } = await decided('release', [{ decision: 'rejected', comment: 'Greet in French.' }, { decision: 'approved' }]);
    expect(statuses).toEqual(['waiting', 'waiting', 'completed']);
    expect(tasks['release/rework/1']?.status).toBe('completed');
  });

  it('release_with_lead: decided in time, the lead is not asked', async () => {
    const { statuses, tasks } = await decided('release_with_lead', [{ decision: 'approved' }]);
    expect(statuses).toEqual(['waiting', 'completed']);
    expect(tasks['lead']?.status).toBe('skipped');
  });

  it('greeting: answered', async () => {
    expect((await decided('greeting', [{ decision: 'answered', answer: 'green' }])).statuses).toEqual(['waiting', 'completed']);
  });
});
