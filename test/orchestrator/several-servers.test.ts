import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { connectModel } from '../../src/local-engine/connect-model.ts';
import { readAhead } from '../../src/orchestrator/run/read-ahead.ts';
import { systemClock } from '../../src/utils/clock.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { type FakeLlamaServer, startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const noRetries = { llm_max_retries: 0, task_retry_attempts: 0, max_concurrent_agents: 1 };

interface TeamOnFakesOptions {
  first?: FakeLlamaServerOptions;
  second?: FakeLlamaServerOptions;
  settings?: SettingsInput;
  /** For each connection in turn: where among the servers it begins. */
  points?: number[];
}

/** A team on two servers; what is at home on neither begins at the first one that can take it. */
async function teamOnFakes({ first, second, settings, points = [] }: TeamOnFakesOptions = {}) {
  const other = await startFakeLlamaServer({ reply: replyAsTeam(), ...second });
  onTestFinished(() => other.close());
  const addresses: string[] = [];
  const team = await teamOnFake({
    server: first ?? {},
    settings: { ...settings, llm_base_url: 'http://127.0.0.1:1' },
    orchestrator: {
      connect: (options) => {
        const servers = addresses.map((address) => ({ address, weight: 1 }));
        const point = points.shift() ?? 0;
        return connectModel({ ...options, address: undefined, servers, random: () => point });
      },
    },
  });
  addresses.push(team.server.address, other.address);
  return { ...team, other };
}

function filesOf(workspace: string, run: string): Record<string, string> {
  const folder = join(workspace, 'output', 'generated', run);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

async function undisturbedFiles(): Promise<Record<string, string>> {
  const { engine, workspace } = await teamOnFake({ settings: noRetries });
  const { workflow_id: run } = await engine.executeWorkflow('feature_development', requirement);
  return filesOf(workspace, run);
}

/** Resolves when the server has written this many tokens of the task's reply, and is held there. */
async function inMidReply(server: FakeLlamaServer, task: string, tokens: number): Promise<void> {
  const writing = () => server.requests.find(({ taskType, outcome }) => taskType === task && outcome === 'running');
  await server.waitUntil(() => writing() !== undefined);
  server.gate.close();
  server.gate.release(tokens);
  await server.waitUntil(() => (writing()?.replyTokens ?? 0) >= tokens);
}

describe('a run on two servers', () => {
  it.each(['requirements_analysis', 'implementation', 'documentation'])(
    'whose first one is killed while it writes the reply of %s ends with the files of an undisturbed run, and nothing is generated twice',
    async (task) => {
      const expected = await undisturbedFiles();
      const { engine, server, other, workspace, events } = await teamOnFakes({
        first: { reply: (request) => (request.taskType === task && server.gate.close(), replies(request)), pace: 'manual' },
        settings: noRetries,
      });
      server.gate.open();
      const running = engine.executeWorkflow('feature_development', requirement);
      await inMidReply(server, task, 40);
      await server.kill();
      const result = await running;
      expect(result).toMatchObject({ status: 'completed', workflow_completed: true });
      expect(filesOf(workspace, result.workflow_id)).toEqual(expected);

      const lost = server.requests.find(({ outcome }) => outcome === 'killed');
      const [takenOver, ...later] = other.requests;
      expect(takenOver?.taskType).toBe(task);
      // What the first one wrote and what arrived of it may differ by what was on its way.
      expect(takenOver?.prefill).not.toBe('');
      expect(lost?.replyText.startsWith(takenOver?.prefill ?? '?')).toBe(true);
      const whole = completedReplies(events).find(({ data }) => data.activity === `${task}/1`)?.data.text;
      expect(`${takenOver?.prefill}${takenOver?.replyText}`).toBe(whole);
      const done = server.requests.filter(({ outcome }) => outcome === 'finished').map(({ taskType }) => taskType);
      expect([...done, task, ...later.map(({ taskType }) => taskType)]).toEqual(Object.keys(result.tasks));

      const sent = eventsOfType(events, 'call.sent').filter(({ data }) => data.activity === `${task}/1`);
      expect(sent.map(({ data }) => [data.call, data.server])).toEqual([
        [1, server.address],
        [2, other.address],
      ]);
      const ended = eventsOfType(events, 'call.ended').find(({ data }) => data.activity === `${task}/1` && data.call === 1);
      expect(ended?.data.error).toMatchObject({ code: 'server.lost', message: expect.stringContaining(server.address) });
      expect(result.tasks[task]?.result?.servers).toEqual([server.address, other.address]);
      const report = readFileSync(join(workspace, 'output', `workflow_summary_${result.workflow_id}.md`), 'utf8');
      expect(report).toContain(`- Written by: ${server.address}, then ${other.address}\n`);
      expect(report).toMatch(new RegExp(`- Taken over: .*${other.address} took over, from character ${takenOver?.prefill?.length} on\\.`));
    },
  );

  it('stays on one server as long as that one lives: each token is read once', async () => {
    const { engine, server, other, events } = await teamOnFakes({ settings: noRetries });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.status).toBe('completed');
    expect([server.requests.length, other.requests.length]).toEqual([6, 0]);
    expect(eventsOfType(events, 'run.started')[0]?.data.model).toMatchObject({
      address: server.address,
      slots: 2,
      servers: [
        { address: server.address, slots: 1 },
        { address: other.address, slots: 1 },
      ],
    });
  });

  it('copies what branches share on the server that has slots for both, and says which one that was', async () => {
    const slots = { slots: 2, contextTokens: 32_768, savesSlots: 'yes' } as const;
    const { engine, server, other, events } = await teamOnFakes({ first: slots, second: slots, settings: { max_concurrent_agents: 2 } });
    const { status } = await engine.executeWorkflow('feature_development', requirement);
    expect(status).toBe('completed');
    expect(eventsOfType(events, 'prompt_cache.prepared').map(({ data }) => [data.tasks, data.copies, data.server])).toEqual([
      [['testing', 'deployment'], 'kept', server.address],
    ]);
    expect(other.requests).toEqual([]);
  });

  it('has branches written at both at once', async () => {
    const { engine, server, other } = await teamOnFakes({
      first: { reply: replyAsTeam(), pace: 1 },
      second: { pace: 1 },
      settings: { max_concurrent_agents: 2 },
    });
    const { status } = await engine.executeWorkflow('feature_development', requirement);
    expect(status).toBe('completed');
    const [moved] = other.requests;
    const stayed = server.requests.find(
      ({ taskType }) => taskType !== moved?.taskType && ['testing', 'deployment'].includes(taskType ?? ''),
    );
    expect(new Set([moved?.taskType, stayed?.taskType])).toEqual(new Set(['deployment', 'testing']));
    expect(moved!.arrived.order).toBeLessThan(stayed!.ended!.order);
  });

  it('plans for the smallest context', async () => {
    const { engine, events } = await teamOnFakes({
      first: { contextTokens: 32_768 },
      second: { contextTokens: 10_000 },
      settings: noRetries,
    });
    await engine.executeWorkflow('analysis', requirement);
    expect(eventsOfType(events, 'run.budgeted')[0]?.data.contextTokens).toBe(10_000);
  });

  it('that both die fails with what to do, and goes on when one is back, from the text that was saved', async () => {
    const { engine, server, other, orchestrator } = await teamOnFakes({
      first: { reply: (request) => (request.step === 2 && server.gate.close(), replies(request)), pace: 'manual' },
      settings: noRetries,
    });
    server.gate.open();
    await other.kill();
    const running = engine.executeWorkflow('analysis', requirement);
    await inMidReply(server, 'technical_feasibility', 30);
    await server.kill();
    const failed = await running;
    expect(failed.status).toBe('failed');
    expect(failed.error).toMatch(/broke in the middle of a reply|cannot be reached/);
    expect(failed.tasks['technical_feasibility']?.error).not.toContain('Another server goes on');
    await other.restart();
    const result = await orchestrator.retryRun(failed.workflow_id);
    expect(result.status).toBe('completed');
    expect(other.requests.map(({ taskType }) => taskType)).toEqual(Object.keys(result.tasks).slice(1));
    expect(other.requests[0]?.prefill).not.toBeUndefined();
  });
});

const replies = replyAsTeam();

describe('what was read ahead', () => {
  it('is not read again: the run begins at the server that has read it, wherever chance would have begun', async () => {
    const { engine, orchestrator, server, other, events } = await teamOnFakes({ settings: noRetries, points: [0, 0.99] });
    const workflow = engine.createWorkflow('bug_fix', requirement);
    const ahead = await orchestrator.readAhead(workflow);
    await orchestrator.close();
    expect((await orchestrator.executeWorkflow(workflow, { ahead })).status).toBe('completed');
    expect(ahead).toEqual({ usage: expect.objectContaining({ readTokens: expect.any(Number) }), server: server.address });
    expect(server.requests[0]?.readTokens).toBe(1);
    expect(other.requests).toEqual([]);
    expect(eventsOfType(events, 'prompt_cache.prepared').map(({ data }) => [data.purpose, data.server])).toEqual([
      ['ahead', server.address],
    ]);
  });

  it('is nothing while one of the servers is on another machine, whether that one answers or not', async () => {
    const server = await startFakeLlamaServer();
    onTestFinished(() => server.close());
    const { engine, orchestrator } = await teamOnFake();
    const { signal } = new AbortController();
    const connection = await connectModel({
      engine: 'server',
      address: server.address,
      remote: 'refused',
      timeoutMilliseconds: 60_000,
      clock: systemClock,
    });
    const read = await readAhead({
      settings: completeSettings({ llm_base_url: [server.address, 'http://192.0.2.1:8080'], allow_remote: true }),
      models: {
        main: connection,
        connections: new Map([['default', connection]]),
        of: () => ({ chosen: { name: 'default', place: 'default' }, connection, model: connection.defaultModel }),
        stoodIn: [],
        add: () => Promise.resolve(),
      },
      roles: orchestrator.roles,
      agentOf: (role) => orchestrator.getAgentByRole(role),
      workflow: engine.createWorkflow('bug_fix', requirement),
      input: { requirement, files: [] },
      now: 0,
      signal,
    });
    expect(read).toEqual({ usage: {} });
    expect(server.completions.readTokens).toBe(0);
  });
});
