import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { exitCode, exitCodeOfRun } from '../../src/cli/exit-code.ts';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

/** The name is that of a server far away; a connection to it ends at a fake one. */
vi.mock(import('../../src/llm/destinations/destination.ts'), async (original) => {
  const real = await original();
  const isFar = (host: string) => host === 'models.example';
  return {
    ...real,
    destinationOf: (url, lookUp) =>
      isFar(url.hostname) ? Promise.resolve({ host: url.host, where: 'elsewhere' as const }) : real.destinationOf(url, lookUp),
    systemLookUp: (host) => (isFar(host) ? Promise.resolve([{ address: '127.0.0.1', family: 4 }]) : real.systemLookUp(host)),
  };
});

async function otherServer(where: 'far' | 'near') {
  const server = await startFakeLlamaServer({ reply: replyAsTeam() });
  onTestFinished(() => server.close());
  const { port } = new URL(server.address);
  return { server, model: { base_url: `http://${where === 'far' ? 'models.example' : '127.0.0.1'}:${port}` } };
}

const look = (id: string, more: object = {}) => ({
  id,
  role: 'developer',
  task_type: 'quick_answer',
  description: `Look at ${id}.`,
  expects: 'text' as const,
  ...more,
});

/** A team whose model is on this machine, with one far away that may stand in, and one more on this machine behind it if asked for. */
async function teamWithSpares(behind: 'none' | 'near', settings: object = {}) {
  const far = await otherServer('far');
  const near = behind === 'near' ? await otherServer('near') : undefined;
  const team = await teamOnFake({
    settings: {
      llm_max_retries: 1,
      task_retry_attempts: 1,
      max_concurrent_agents: 1,
      models: { far: far.model, ...(near && { near: near.model }) },
      fallback: ['default', 'far', ...(near ? ['near'] : [])],
      allow_remote: true,
      ...settings,
    },
  });
  return { ...team, far: far.server, near: near?.server };
}

type Team = Awaited<ReturnType<typeof teamWithSpares>>;

/** How a server is lost. */
const losses: [when: string, lose: (team: Team) => Promise<void>][] = [
  ['before the first token', ({ server }) => Promise.resolve(server.setFault(() => true, { kind: 'refuse' }))],
  ['in the middle of a reply', ({ server }) => Promise.resolve(server.setFault(() => true, { kind: 'break', afterChunks: 3 }))],
  ['between two steps', ({ server }) => server.waitForEnd(1).then(() => server.kill())],
];

const codeOf = ({ status, verification: { outcome }, kept_back: keptBack }: WorkflowResult) => exitCodeOfRun(status, { outcome, keptBack });

const twoSteps = (more: object) => ({ name: 'house', steps: [look('first', more), look('second', { ...more, depends_on: ['first'] })] });

/** Lets the server go as the loss says while the run is under way. */
async function runAndLose(team: Team, lose: (team: Team) => Promise<void>): Promise<WorkflowResult> {
  const lost = lose(team);
  const result = await team.engine.executeWorkflow('house', 'Build it.');
  await lost;
  return result;
}

describe.each(losses)('where the server on this machine is lost %s', (when, lose) => {
  it.each<[string, object, object]>([
    ['a private run', { private: true }, {}],
    ['a run of private steps', {}, { private: true }],
  ])('%s stops after the usual retries with exit code 3, and says which step has to wait for what', async (_, settings, step) => {
    const team = await teamWithSpares('none', settings);
    team.engine.registerWorkflow(twoSteps(step));
    const result = await runAndLose(team, lose);
    const lostAt = when === 'between two steps' ? 'second' : 'first';
    expect([result.status, result.kept_back, codeOf(result)]).toEqual(['failed', [lostAt], exitCode.noServer]);
    expect(team.far.requests).toHaveLength(0);
    expect(result.egress.left).toBe('nothing');
    expect(result.tasks[lostAt]?.error).toMatch(/Nothing could stand in for it\. far: .*private/);
    // The call is repeated once, and the task tried once more.
    expect(team.server.requests.length).toBeGreaterThan(when === 'between two steps' ? 0 : 2);
  });

  it.each<[string, object, object]>([
    ['a private run', { private: true }, {}],
    ['a run of private steps', {}, { private: true }],
  ])('%s goes on with a spare on this machine that stands behind one elsewhere', async (_, settings, step) => {
    const team = await teamWithSpares('near', settings);
    team.engine.registerWorkflow(twoSteps(step));
    const result = await runAndLose(team, lose);
    expect([result.status, codeOf(result), team.far.requests.length]).toEqual(['completed', exitCode.completed, 0]);
    expect(result.fallbacks.map(({ from, to }) => [from, to])).toContainEqual(['default', 'near']);
    expect(result.egress.left).toBe('nothing');
  });

  it('any other run falls back, and that is visible', async () => {
    const team = await teamWithSpares('none');
    team.engine.registerWorkflow(twoSteps({}));
    const result = await runAndLose(team, lose);
    expect([result.status, codeOf(result)]).toEqual(['completed', exitCode.completed]);
    expect(eventsOfType(team.events, 'model.fell_back').map(({ data }) => data.to)).toContain('far');
    expect(result.egress).toMatchObject({ left: 'something', hosts: [{ where: 'elsewhere' }] });
  });

  it('any other run without a spare ends with exit code 1 as ever', async () => {
    const team = await teamWithSpares('none', { fallback: [] });
    team.engine.registerWorkflow(twoSteps({}));
    const result = await runAndLose(team, lose);
    expect([result.status, result.kept_back, codeOf(result)]).toEqual(['failed', [], exitCode.failed]);
  });
});

it('private steps whose server was never there begin with a spare on this machine that stands behind one elsewhere', async () => {
  const team = await teamWithSpares('near', { llm_base_url: 'http://127.0.0.1:9' });
  team.engine.registerWorkflow(twoSteps({ private: true }));
  const result = await team.engine.executeWorkflow('house', 'Build it.');
  expect([result.status, team.far.requests.length, team.near?.requests.length]).toEqual(['completed', 0, 2]);
  expect(result.fallbacks.map(({ from, to, at }) => [from, to, at])).toEqual([['default', 'near', 'connect']]);
});

it('a private task that failed for another reason is not taken for one that lacks its model', async () => {
  const team = await teamWithSpares('none', { private: true });
  team.server.setFault(() => true, { kind: 'status', status: 401, body: '{"error":{"message":"wrong key"}}' });
  team.engine.registerWorkflow(twoSteps({}));
  const result = await team.engine.executeWorkflow('house', 'Build it.');
  expect([result.status, result.kept_back, codeOf(result)]).toEqual(['failed', [], exitCode.failed]);
});

it('a run that goes on in private stays so, and stops with exit code 3', async () => {
  const { engine, orchestrator, server, workspace } = await teamOnFake({ settings: { llm_max_retries: 0, task_retry_attempts: 0 } });
  server.setFault(() => true, { kind: 'refuse' });
  engine.registerWorkflow(twoSteps({}));
  const first = await engine.executeWorkflow('house', 'Build it.');
  expect(codeOf(first)).toBe(exitCode.failed);
  const retried = await orchestrator.retryRun(first.workflow_id, { overrides: { private: true } });
  expect([codeOf(retried), retried.kept_back, workspace]).toEqual([exitCode.noServer, ['first'], workspace]);
});
