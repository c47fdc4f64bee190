import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exportRun } from '../../src/state/archive/export-run.ts';
import { runStream } from '../../src/events/run-stream.ts';
import { projectBase } from '../../src/orchestrator/artifacts/project-base.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { instantClock } from '../support/instant-clock.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const requirement = 'Mend the totals: src/totals.py adds too much.';
const settings = { max_concurrent_agents: 1 };
const small = { 'src/totals.py': 'def total(values):\n    return sum(values) + 1\n', 'AGENTS.md': 'Use tabs.\n' };
const large = {
  ...small,
  ...Object.fromEntries(
    Array.from({ length: 40 }, (_, number): [string, string] => [
      `src/module_${number}.py`,
      `def part_${number}():\n    return ${number}\n`.repeat(40),
    ]),
  ),
};

function write(workspace: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), content);
  }
}

async function teamIn(files: Readonly<Record<string, string>>, options: Parameters<typeof teamOnFake>[0] = {}) {
  const team = await teamOnFake({ ...options, settings: { ...settings, ...options.settings } });
  write(team.workspace, files);
  return team;
}

const promptOf = (request: RequestRecord | undefined) => JSON.stringify(messagesOf(request));
const messagesOf = (request: RequestRecord | undefined) => (request?.body['messages'] ?? []) as { role: string; content: string }[];

describe('what a run knows of the project', () => {
  it('is, where everything fits, byte for byte what it would be if each file had been given', async () => {
    const files = { 'b.py': 'b = 1\n', 'a.py': 'a = 1\n' };
    const [all, given] = [await teamIn(files), await teamIn(files)];
    await all.engine.executeWorkflow('bug_fix', requirement, { project: {} });
    const named = Object.entries(files).map(([path, content]) => ({ path, content }));
    await given.engine.executeWorkflow('bug_fix', requirement, { files: named.toReversed() });
    expect(all.server.requests.map(promptOf)).toEqual(given.server.requests.map(promptOf));
    expect(promptOf(all.server.requests[0])).toContain('```a.py');
  });

  it('begins two runs alike: the same requirement until the steps differ, another one up to the requirement', async () => {
    const { engine, server } = await teamIn(large, { server: { contextTokens: 16_384 } });
    const first = async (text: string) => {
      const before = server.requests.length;
      await engine.executeWorkflow('bug_fix', text, { project: {} });
      return messagesOf(server.requests[before])[1]!.content;
    };
    const [one, again, other] = [await first(requirement), await first(requirement), await first('Add a module for rates.')];
    expect(again).toBe(one);
    const upTo = one.indexOf('# Requirement');
    expect(upTo).toBeGreaterThan(500);
    expect(one.slice(0, upTo)).toContain('# Map of the project');
    expect(other.slice(0, upTo)).toBe(one.slice(0, upTo));
    expect(one).toContain('sum(values) + 1');
  });

  it('fits into the context beside the replies, which are planned with it', async () => {
    const { engine, events, server } = await teamIn(large, { server: { contextTokens: 8192 } });
    const result = await engine.executeWorkflow('bug_fix', requirement, { project: {} });
    expect(result.status).toBe('completed');
    const bare = await teamIn({}, { server: { contextTokens: 8192 } });
    await bare.engine.executeWorkflow('bug_fix', requirement);
    const capOf = (of: typeof events) => Object.values(eventsOfType(of, 'run.budgeted')[0]!.data.replyCaps)[0]!;
    expect(capOf(events)).toBeLessThan(capOf(bare.events));
    expect(eventsOfType(events, 'transcript.cut')).toEqual([]);
    expect(server.requests.length).toBeGreaterThan(2);
  });

  it('is nothing without a Git work tree where nobody asked for it, and nothing where it is off', async () => {
    const { engine, orchestrator } = await teamIn(small);
    const inputOf = async (project?: 'auto') =>
      (await orchestrator.loadRun((await engine.executeWorkflow('analysis', requirement, { project })).workflow_id)).input;
    expect(await inputOf()).toEqual({ requirement, files: [] });
    expect(await inputOf('auto')).toEqual({ requirement, files: [] });
  });

  it('leaves out what runs write, and tells the result what it was', async () => {
    const { engine, orchestrator } = await teamIn({ ...small, '.env': 'KEY=1\n', 'logs/agent_system.log.1': 'x\n' });
    await engine.executeWorkflow('bug_fix', requirement, { project: {} });
    const result = await engine.executeWorkflow('bug_fix', requirement, { project: {} });
    expect(result.project).toEqual({
      files: 2,
      whole: ['src/totals.py'],
      conventions: ['AGENTS.md'],
      tokens: expect.any(Number) as number,
      left_out: [{ reason: 'secret', count: 1, examples: ['.env'] }],
      notes: [],
    });
    const state = await orchestrator.loadRun(result.workflow_id);
    const base = await projectBase(state, (sha256) => orchestrator.store.getContent(sha256));
    expect([...base.values()].map(({ path, shown }) => `${path} ${shown}`)).toEqual(['AGENTS.md unseen', 'src/totals.py whole']);
  });

  it.each(['output', 'out (1)', ''])(
    'has what a person keeps in the folder of results %j, and nothing of what runs write there',
    async (folder) => {
      const inFolder = (path: string) => [folder, path].filter((part) => part !== '').join('/');
      const files = {
        'src/totals.py': small['src/totals.py'],
        [inFolder('writer.py')]: 'def write():\n    pass\n',
        [inFolder('workflow_engine.json')]: '{}\n',
      };
      const team = await teamIn(files, { orchestrator: {} });
      const { workspace } = team;
      const orchestrator = new AgentOrchestrator({
        workspace,
        clock: instantClock(),
        config: {
          workspace,
          output_directory: folder === '' ? workspace : join(workspace, folder),
          llm_base_url: team.server.address,
          verify: 'off',
          max_concurrent_agents: 1,
        },
      });
      onTestFinished(() => orchestrator.close());
      const engine = new WorkflowEngine(orchestrator);
      const whole = async () => (await engine.executeWorkflow('bug_fix', requirement, { project: {} })).project?.whole;
      expect(await whole()).toEqual(Object.keys(files).toSorted());
      expect(await whole()).toEqual(Object.keys(files).toSorted());
    },
  );

  it('is read in time for the server: what it reads ahead is what the run begins with', async () => {
    const { engine, orchestrator, events } = await teamIn(large);
    const workflow = engine.createWorkflow('bug_fix', requirement, { project: {} });
    const ahead = await orchestrator.readAhead(workflow);
    expect(ahead.usage.readTokens).toBeGreaterThan(1000);
    await orchestrator.executeWorkflow(workflow, { ahead });
    expect(eventsOfType(events, 'call.ended')[0]!.data.usage!.readTokens).toBeLessThan(50);
  });
});

describe('a run that knows a project', () => {
  it('goes on after it was killed without looking at the folder', async () => {
    const stop = new AbortController();
    const team = await teamIn(large, { server: { pace: 'manual' } });
    const running = team.engine.executeWorkflow('bug_fix', requirement, { project: {} }, { signal: stop.signal });
    await team.server.waitForRequest(0);
    team.server.gate.release(5);
    await team.server.gate.waiting(1);
    stop.abort(new Error('Ctrl-C'));
    const { workflow_id: run } = await running;
    await team.orchestrator.close();
    rmSync(join(team.workspace, 'src'), { recursive: true });
    team.server.gate.open();
    const orchestrator = new AgentOrchestrator({
      workspace: team.workspace,
      clock: instantClock(),
      config: { workspace: team.workspace, output_directory: `${team.workspace}/output`, llm_base_url: team.server.address, verify: 'off' },
    });
    onTestFinished(() => orchestrator.close());
    const before = team.server.requests.length;
    expect((await orchestrator.resumeRun(run)).status).toBe('completed');
    expect(messagesOf(team.server.requests[before])[1]).toEqual(messagesOf(team.server.requests[0])[1]);
  });

  it('hands on what it knew to those that build on it, whatever the folder holds by then, and also when it is gone', async () => {
    const { engine, orchestrator, server, workspace } = await teamIn(large);
    const { workflow_id: run } = await engine.executeWorkflow('bug_fix', requirement, { project: {} });
    const beginning = messagesOf(server.requests[0])[1]!.content.split('# Step')[0];
    write(workspace, { 'src/totals.py': 'changed = True\n', 'src/new.py': 'new = True\n' });
    const known = async (of: string) => (await orchestrator.loadRun(of)).input.project;
    for (const { workflow_id: next } of [
      await orchestrator.refineRun(run, { request: 'Round it.' }),
      await orchestrator.rerunFrom(run, { from: 'bug_fix' }),
    ]) {
      expect(messagesOf(server.requests.at(-1))[1]!.content.split('# Step')[0]).toBe(beginning);
      expect(await known(next)).toEqual(await known(run));
    }
    const last = (await orchestrator.rerunFrom(run, { from: 'bug_fix' })).workflow_id;
    const { lastSequence: expectedSequence } = await orchestrator.loadRun(run);
    await orchestrator.store.removeStream(runStream(run), { expectedSequence });
    const base = await projectBase(await orchestrator.loadRun(last), (sha256) => orchestrator.store.getContent(sha256));
    expect(base.get('src/module_3.py')).toMatchObject({ shown: 'unseen' });
  });

  it('takes along what it knew when it is exported', async () => {
    const { engine, orchestrator } = await teamIn(large);
    const { workflow_id: run } = await engine.executeWorkflow('analysis', requirement, { project: {} });
    const archive = await exportRun(orchestrator.store, run);
    expect(archive.missing.contents).toEqual([]);
    const state = await orchestrator.loadRun(run);
    const contentOf = async (sha256: string) => Buffer.from(archive.contents[sha256] ?? '', 'base64');
    expect(await projectBase(state, contentOf)).toEqual(await projectBase(state, (sha256) => orchestrator.store.getContent(sha256)));
    expect((await projectBase(state, contentOf)).size).toBe(42);
  });
});
