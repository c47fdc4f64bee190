import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runLedger } from '../../../src/orchestrator/results/run-ledger.ts';
import { templateNames } from '../../../src/workflows/shipped-workflows.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../../support/team-on-fake.ts';
import { replyAsTeam } from '../../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const linear = { settings: { max_concurrent_agents: 1 } };
const graph = { settings: { max_concurrent_agents: 2 }, server: { slots: 2, contextTokens: 65_536 } };

describe('the ledger of a run', () => {
  it.each([
    ...templateNames.map((workflow) => [workflow, 'linear', linear] as const),
    ...templateNames.map((workflow) => [workflow, 'graph', graph] as const),
  ])('%s (%s) reads no more than 1.05 times the least possible, and no less than all of it', async (workflow, _, options) => {
    const { engine, server } = await teamOnFake(options);
    const { ledger } = await engine.executeWorkflow(workflow, requirement);
    const { readTokens, cacheTokens, replyTokens } = server.accounting().totals;
    expect(ledger.run).toMatchObject({ tokens_read: readTokens, tokens_cached: cacheTokens, tokens_written: replyTokens });
    const ratio = readTokens / (ledger.run.tokens_ideal ?? Number.NaN);
    expect(ratio).toBeLessThanOrEqual(1.05);
    expect(ratio).toBeGreaterThan(0.98);
  });

  it('has the least possible of a run on one slot equal to what no cache could have held', async () => {
    const { engine, server } = await teamOnFake(linear);
    const { ledger } = await engine.executeWorkflow('feature_development', requirement);
    const { newTokens } = server.accounting().totals;
    expect(Math.abs((ledger.run.tokens_ideal ?? 0) - newTokens)).toBeLessThanOrEqual(newTokens * 0.01);
  });

  it('adds up: tasks make roles, roles make the run', async () => {
    const { engine, orchestrator } = await teamOnFake(linear);
    const result = await engine.executeWorkflow('feature_development', requirement);
    const { run, roles, tasks } = runLedger(await orchestrator.loadRun(result.workflow_id));
    for (const count of ['calls', 'tokens_read', 'tokens_cached', 'tokens_written', 'tokens_reasoning', 'tokens_ideal'] as const) {
      const sum = (entries: Record<string, Record<typeof count, number | null>>) =>
        Object.values(entries).reduce((total, entry) => total + (entry[count] ?? Number.NaN), 0);
      expect([count, sum(roles), sum(tasks)]).toEqual([count, run[count], run[count]]);
    }
    expect(Object.keys(roles)).toEqual(['business_analyst', 'developer', 'qa_engineer', 'devops_engineer', 'technical_writer']);
    expect(result.tasks['testing']?.result?.ledger).toEqual(tasks['testing']);
    expect(run.first_token_seconds).toBeGreaterThan(0);
    expect(run.tokens_per_second).toBeGreaterThan(0);
  });

  it('says what is not known as null in the result and as unknown in the summary, never as 0', async () => {
    const { engine, orchestrator } = await teamOnFake({
      ...linear,
      server: { missingPaths: ['/props', '/slots', '/health'], faults: [{ when: () => true, fault: { kind: 'no_usage' } }] },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    expect(result.ledger.run).toMatchObject({
      calls: 3,
      calls_untold: 3,
      tokens_read: null,
      tokens_cached: null,
      tokens_written: null,
      tokens_reasoning: null,
      tokens_ideal: null,
      tokens_per_second: null,
      first_token_seconds: expect.any(Number),
    });
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain("Prompt tokens read: unknown, from the server's cache: unknown, the least possible: unknown");
    expect(summary).toMatch(/^\| the run \| 3 \(3 untold\) \| unknown \|/m);
  });

  it('tells no least possible of a run where that of one of its tasks is not known', async () => {
    const { engine, orchestrator } = await teamOnFake(linear);
    const { workflow_id: run } = await engine.executeWorkflow('documentation', requirement);
    const state = await orchestrator.loadRun(run);
    const [first, second] = [...state.tasks.keys()];
    expect(runLedger(state).run.tokens_ideal).toBeGreaterThan(0);
    // What another run has done is no part of the graph, also where it was done again.
    const again = { ...state, inherits: { ...state.inherits, run: 'another', tasks: [second!] } } as typeof state;
    const { run: whole, roles, tasks } = runLedger(again);
    expect([whole.tokens_ideal, tasks[second!]?.tokens_ideal, roles[state.tasks.get(second!)!.role]?.tokens_ideal]).toEqual([
      null,
      null,
      null,
    ]);
    expect(tasks[first!]?.tokens_ideal).toBeGreaterThan(0);
  });

  it('counts reasoning apart, and the text of it stands in the journal but in no later transcript', async () => {
    const replies = replyAsTeam();
    const { engine, server, events } = await teamOnFake({
      ...linear,
      server: { reply: (request) => ({ text: replies(request), reasoning: 'Pondering aloud now.' }) },
    });
    const { ledger } = await engine.executeWorkflow('analysis', requirement);
    expect(ledger.run.tokens_reasoning).toBeGreaterThan(4 * 4);
    expect(ledger.run.tokens_reasoning).toBeLessThan((ledger.run.tokens_written ?? 0) / 2);
    expect(completedReplies(events).map(({ data }) => data.reasoning)).toEqual(Array(4).fill('Pondering aloud now.'));
    expect(server.requests.filter(({ body }) => JSON.stringify(body).includes('Pondering'))).toEqual([]);
  });

  it('has in it what a broken stream and a corrective turn make new, as far as it is told', async () => {
    const replies = replyAsTeam();
    const { engine, server } = await teamOnFake({
      ...linear,
      server: {
        faults: [{ when: 1, fault: { kind: 'break', afterChunks: 20 } }],
        reply: (request) => {
          const last = (request.body['messages'] as { role: string; content: string }[]).findLast(({ role }) => role === 'user')?.content;
          return request.taskType === 'bug_fix' && !last?.includes('contained no file') ? 'I would fix it. '.repeat(40) : replies(request);
        },
      },
    });
    const { ledger, status } = await engine.executeWorkflow('bug_fix', requirement);
    expect(status).toBe('completed');
    expect(ledger.run.calls_untold).toBe(1);
    expect(server.accounting().totals.readTokens / (ledger.run.tokens_ideal ?? Number.NaN)).toBeCloseTo(1, 1);
  });
});

describe('a server that fails again and again', () => {
  it('is left alone until its health answers, and each attempt is journaled with its cause and how long it was held back', async () => {
    const { engine, server, events } = await teamOnFake({
      settings: { max_concurrent_agents: 1, llm_circuit_breaker_threshold: 1 },
      server: { faults: [{ when: 0, fault: { kind: 'status', status: 503 } }] },
      orchestrator: {
        onEvent: (event) => {
          events.push(event);
          if (event.type === 'call.ended' && event.data.error !== undefined) server.setLoading('loading');
        },
      },
    });
    const running = engine.executeWorkflow('documentation', requirement);
    await server.waitForEnd(0);
    const health = () => server.calls.filter(({ path }) => path === '/health').length;
    const before = health();
    await server.waitUntil(() => health() > before + 2);
    expect(server.requests).toHaveLength(1);
    server.setLoading('ready');
    expect((await running).status).toBe('completed');
    const [failed, held, next] = eventsOfType(events, 'call.ended').map(({ data }) => data);
    expect(failed).toMatchObject({ error: { code: 'server.lost', message: expect.stringContaining('waits for the server') } });
    expect(held).toMatchObject({
      finishReason: 'stop',
      heldBackMilliseconds: expect.any(Number),
      usage: { firstTokenMilliseconds: expect.any(Number) },
    });
    expect(next).not.toHaveProperty('heldBackMilliseconds', expect.any(Number));
  });
});
