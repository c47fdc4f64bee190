import { describe, expect, it } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { runSummary } from '../../src/orchestrator/results/run-summary.ts';
import { usageOfRun } from '../../src/state/run/usage-of-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOfType, teamOnFake, type TeamOnFakeOptions } from '../support/team-on-fake.ts';
import { templateNames } from '../../src/workflows/shipped-workflows.ts';

const requirement = 'Build a bookmark manager.';
const twoSlots = { slots: 2, contextTokens: 65_536, savesSlots: 'yes' as const };
const atOnce: TeamOnFakeOptions = { settings: { max_concurrent_agents: 2 }, server: twoSlots };

/** A server whose slots write as fast together as one alone, or no faster than one. */
const paced = (pace: number) => ({ ...twoSlots, pace });

describe('branches on two slots that can be copied', () => {
  it.each(templateNames)('%s reads no more than 1.05 times the least that copies allow', async (workflow) => {
    const { engine, server, events } = await teamOnFake(atOnce);
    const { ledger, transcript } = await engine.executeWorkflow(workflow, requirement);
    const read = server.accounting().totals.readTokens + server.completions.readTokens;
    expect(ledger.run.tokens_read).toBe(read);
    const ratio = read / (ledger.run.tokens_ideal ?? Number.NaN);
    expect(ratio).toBeLessThanOrEqual(1.05);
    expect(ratio).toBeGreaterThan(0.98);
    expect(eventsOfType(events, 'prompt_cache.prepared').length > 0).toBe(transcript.turns === 'graph');
  });

  it('a task that begins beside another reads nothing that both share', async () => {
    const { engine, server, events } = await teamOnFake(atOnce);
    await engine.executeWorkflow('feature_development', requirement);
    const [prepared] = eventsOfType(events, 'prompt_cache.prepared');
    expect(prepared?.data).toMatchObject({ purpose: 'branches', tasks: ['testing', 'deployment'], copies: 'kept' });
    const pinned = server.requests.filter(({ body }) => 'id_slot' in body);
    expect(pinned).toHaveLength(2);
    expect(new Set(pinned.map(({ slot }) => slot)).size).toBe(2);
    for (const { readTokens, newTokens } of pinned) expect(readTokens - newTokens).toBeLessThan(20);
  });

  it('what they share is read once also where nothing was read before', async () => {
    const { engine, server, events } = await teamOnFake(atOnce);
    const step = (id: string) => ({ id, role: 'developer', task_type: 'implementation', description: 'Write.', expects: 'files' as const });
    engine.registerWorkflow({ name: 'roots', title: 'Roots', description: 'Two steps.', steps: [step('store'), step('interface')] });
    const files = [{ path: 'notes.md', content: 'Bookmarks have tags.\n'.repeat(100) }];
    await engine.executeWorkflow('roots', requirement, { files });
    expect(eventsOfType(events, 'prompt_cache.prepared')[0]?.data.tasks).toEqual(['store', 'interface']);
    const { readTokens, newTokens } = server.accounting().totals;
    expect(readTokens - newTokens).toBeLessThan(40);
  });

  it('what a later branch will share with the one that begins is copied before that one is sent', async () => {
    const { engine, server, events } = await teamOnFake(atOnce);
    const step = (id: string, depends_on: string[]) => ({
      id,
      role: 'developer',
      task_type: 'implementation',
      description: 'Write.',
      expects: 'files' as const,
      depends_on,
    });
    // The third rests on the plan and on a sibling that stands behind it: it begins while the long one is still at work.
    const steps = [step('plan', []), step('long', ['plan']), step('short', ['plan']), step('late', ['plan', 'short'])];
    engine.registerWorkflow({ name: 'late', title: 'Late', description: 'A late branch.', steps });
    const files = [{ path: 'notes.md', content: 'Bookmarks have tags.\n'.repeat(100) }];
    await engine.executeWorkflow('late', requirement, { files });
    const prepared = eventsOfType(events, 'prompt_cache.prepared').map(({ data }) => data.tasks);
    expect(prepared).toContainEqual(['long', 'short', 'late']);
    const started = events.findIndex(({ type, data }) => type === 'task.started' && (data as { task: string }).task === 'long');
    expect(events.findIndex(({ type }) => type === 'prompt_cache.prepared')).toBeLessThan(started);
    const { readTokens, newTokens } = server.accounting().totals;
    expect(readTokens / newTokens).toBeLessThan(1.1);
  });

  it('what is read for the copies counts as read by the run, and by none of its tasks', async () => {
    const { engine, orchestrator, server } = await teamOnFake(atOnce);
    const result = await engine.executeWorkflow('feature_development', requirement);
    const state = await orchestrator.loadRun(result.workflow_id);
    const ofTasks = server.accounting().totals.readTokens;
    expect(server.completions.readTokens).toBeGreaterThan(0);
    expect(usageOfRun(state).readTokens).toBe(ofTasks + server.completions.readTokens);
    expect(result.ledger.run.tokens_read).toBe(ofTasks + server.completions.readTokens);
  });

  it('copies nothing where tasks are done in turn', async () => {
    const { engine, events } = await teamOnFake({ settings: { max_concurrent_agents: 1 }, server: twoSlots });
    await engine.executeWorkflow('feature_development', requirement);
    expect(eventsOfType(events, 'prompt_cache.prepared')).toEqual([]);
  });
});

describe('how many tasks are at once, where a person left it open', () => {
  it.each([
    ['runs branches at once where that is quicker', paced(2), 'graph'],
    ['runs them in turn where the server does not say how many it answers', { missingPaths: ['/props'] }, 'linear'],
    ['runs them in turn on one slot', { slots: 1 }, 'linear'],
    ['runs them in turn where it cannot be measured', { ...twoSlots, missingPaths: ['/completion'] }, 'linear'],
  ])('%s, and says so', async (_, server, turns) => {
    const { engine, orchestrator } = await teamOnFake({ server, orchestrator: { clock: undefined } });
    const { transcript, workflow_id: run } = await engine.executeWorkflow('feature_development', requirement);
    expect(transcript.turns).toBe(turns);
    expect(transcript.reason.length).toBeGreaterThan(40);
    const state = await orchestrator.loadRun(run);
    expect(state.maxParallel).toBe(turns === 'graph' ? 2 : 1);
    const count = turns === 'graph' ? 'Up to 2 tasks at once' : 'One task at a time';
    expect(runSummary(state)).toContain(`${count} (${turns}): ${transcript.reason}`);
  });

  it('measures nothing where the workflow has no branches, or where a number was asked for', async () => {
    const chain = await teamOnFake({ server: twoSlots });
    await chain.engine.executeWorkflow('bug_fix', requirement);
    const asked = await teamOnFake(atOnce);
    await asked.engine.executeWorkflow('documentation', requirement);
    for (const { server } of [chain, asked]) expect(server.calls.filter(({ path }) => path === '/completion')).toEqual([]);
  });

  it('measures a server once, and tells of it before', async () => {
    const cacheFolder = temporaryFolder();
    let told = 0;
    const options = { server: twoSlots, orchestrator: { cacheFolder, onMeasuring: () => (told += 1) } };
    const { orchestrator, server } = await teamOnFake(options);
    const { signal } = new AbortController();
    const first = await (await orchestrator.connect()).slots?.speed(2, signal);
    await orchestrator.close();
    const asked = server.calls.filter(({ path }) => path === '/completion').length;
    const again = await (await orchestrator.connect()).slots?.speed(2, signal);
    expect(again).toEqual(first);
    expect([told, server.calls.filter(({ path }) => path === '/completion').length]).toEqual([1, asked]);
    await (await orchestrator.connect()).slots?.speed(3, signal);
    expect(told).toBe(2);
  });
});

describe('reading ahead', () => {
  it('leaves nothing of the first prompt to the run, and counts as read by it, once', async () => {
    const { engine, orchestrator, server, events } = await teamOnFake({ settings: { max_concurrent_agents: 1 } });
    const workflow = engine.createWorkflow('feature_development', requirement);
    const ahead = await orchestrator.readAhead(workflow);
    const { ledger } = await orchestrator.executeWorkflow(workflow, { ahead });
    expect(server.requests[0]?.readTokens).toBe(1);
    expect(eventsOfType(events, 'prompt_cache.prepared').map(({ data }) => data.purpose)).toEqual(['ahead']);
    expect(ledger.run.tokens_read).toBe(server.accounting().totals.readTokens + server.completions.readTokens);
    expect((ledger.run.tokens_read ?? 0) / (ledger.run.tokens_ideal ?? Number.NaN)).toBeLessThanOrEqual(1.05);
  });

  it('that was ended at once costs the run nothing', async () => {
    const { engine, orchestrator, events } = await teamOnFake();
    const workflow = engine.createWorkflow('bug_fix', requirement);
    await orchestrator.connect();
    const ahead = await orchestrator.readAhead(workflow, { signal: AbortSignal.abort() });
    expect(ahead.usage).toEqual({});
    expect((await orchestrator.executeWorkflow(workflow, { ahead })).status).toBe('completed');
    expect(eventsOfType(events, 'prompt_cache.prepared')).toEqual([]);
  });

  it('sends nothing to another machine before a person has agreed', async () => {
    const { engine, orchestrator, server } = await teamOnFake();
    const connection = await orchestrator.connect();
    const elsewhere = { ...connection, server: { ...connection.server, address: 'http://192.0.2.1:8080/v1' } };
    const team = new AgentOrchestrator({ workspace: temporaryFolder(), connect: () => Promise.resolve(elsewhere) });
    const before = server.calls.length;
    expect(await team.readAhead(engine.createWorkflow('bug_fix', requirement))).toEqual({ usage: {} });
    expect(server.calls.slice(before)).toEqual([]);
  });
});
