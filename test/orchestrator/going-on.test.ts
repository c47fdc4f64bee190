import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam, teamReplyFiles } from '../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const oneAtATime = { max_concurrent_agents: 1 };
const replies = replyAsTeam();
const messagesOf = (request: RequestRecord | undefined) => (request?.body['messages'] ?? []) as { role: string; content: string }[];

/** A team whose run is stopped after so many tokens of the reply to a step. */
async function interruptedTeam(step: number, tokens: number, workflow = 'feature_development') {
  const stop = new AbortController();
  const team = await teamOnFake({ settings: oneAtATime, server: { pace: 'manual' } });
  const running = team.engine.executeWorkflow(workflow, requirement, {}, { signal: stop.signal });
  for (let done = 0; done < step; done += 1) {
    team.server.gate.open();
    await team.server.waitForEnd(done);
  }
  team.server.gate.close();
  await team.server.waitForRequest(step);
  team.server.gate.release(tokens);
  await team.server.gate.waiting(1);
  stop.abort(new Error('Ctrl-C'));
  const result = await running;
  team.server.gate.open();
  return { ...team, result };
}

/** Another process would begin like this: a new orchestrator on the same workspace. */
function another(team: { workspace: string; server: { address: string } }, settings: object = {}) {
  const orchestrator = new AgentOrchestrator({
    workspace: team.workspace,
    clock: instantClock(),
    config: { workspace: team.workspace, output_directory: `${team.workspace}/output`, llm_base_url: team.server.address, ...settings },
  });
  onTestFinished(() => orchestrator.close());
  return orchestrator;
}

describe('resuming', () => {
  it('does nothing again that was finished, and continues the reply in flight from its saved text, byte for byte', async () => {
    const team = await interruptedTeam(2, 60);
    expect(team.result.status).toBe('interrupted');
    await team.orchestrator.close();
    const before = team.server.requests.length;

    const result = await another(team).resumeRun(team.result.workflow_id);

    expect(result).toMatchObject({ status: 'completed', workflow_id: team.result.workflow_id });
    const after = team.server.requests.slice(before);
    expect(after.map(({ taskType }) => taskType)).toEqual(['implementation', 'testing', 'deployment', 'documentation']);
    const saved = eventsOfType(team.events, 'reply.delta')
      .filter(({ data }) => data.activity === 'implementation/1')
      .map(({ data }) => data.text)
      .join('');
    expect(saved.length).toBeGreaterThan(50);
    expect(messagesOf(after[0]).at(-1)).toEqual({ role: 'assistant', content: saved });
    for (const { path, content } of teamReplyFiles({ taskType: 'implementation' })) {
      expect(readFileSync(join(team.workspace, 'output', 'generated', result.workflow_id, path), 'utf8')).toBe(content);
    }
  });

  it('reads the transcript of the start: what the server still holds is not read again', async () => {
    const team = await interruptedTeam(1, 10, 'analysis');
    await team.orchestrator.close();
    await another(team).resumeRun(team.result.workflow_id);
    const { readTokens, newTokens } = team.server.accounting().totals;
    expect(readTokens / newTokens).toBeLessThanOrEqual(1.02);
  });

  it('goes on with the settings, the workflow and the layout of the start, whatever they are now', async () => {
    const team = await interruptedTeam(1, 10, 'analysis');
    await team.orchestrator.close();
    const orchestrator = another(team, { llm_temperature: 1.5, prompt_layout: 'per_role', llm_max_tokens: 3 });
    const result = await orchestrator.resumeRun(team.result.workflow_id);
    expect(result.status).toBe('completed');
    const last = team.server.requests.at(-1);
    expect(last?.body['temperature']).toBe(0.7);
    expect(messagesOf(last)[0]).toEqual(messagesOf(team.server.requests[0])[0]);
  });

  it('uses what is overridden now, and records it', async () => {
    const team = await interruptedTeam(1, 10, 'analysis');
    await team.orchestrator.close();
    const orchestrator = another(team);
    await orchestrator.resumeRun(team.result.workflow_id, { overrides: { llm_model: 'another-model' } });
    expect(team.server.requests.at(-1)?.body['model']).toBe('another-model');
    const resumed: unknown[] = [];
    for await (const event of orchestrator.store.read(`run:${team.result.workflow_id}`))
      if (event.type === 'run.resumed') resumed.push(event.data.overrides);
    expect(resumed).toEqual([{ llm_model: 'another-model' }]);
  });

  it('says which model and server it went on with, where those are others than before', async () => {
    const team = await interruptedTeam(1, 10, 'analysis');
    await team.orchestrator.close();
    const other = await startFakeLlamaServer({ reply: replyAsTeam() });
    onTestFinished(() => other.close());
    const same = await another(team).resumeRun(team.result.workflow_id);
    expect(same).toMatchObject({ later_models: [] });

    const moved = await another(team).retryRun(team.result.workflow_id, {
      task: 'final_analysis',
      overrides: { llm_base_url: other.address },
    });
    expect(moved.model.address).toBe(team.server.address);
    expect(moved.later_models.map(({ address }) => address)).toEqual([other.address]);
    const summary = readFileSync(join(team.workspace, 'output', `workflow_summary_${moved.workflow_id}.md`), 'utf8');
    expect(summary).toContain(`- Model: fake-model (${team.server.address})\n- Went on with: fake-model (${other.address})\n`);
  });

  it('writes a missing file again from the content store, and leaves one that somebody has changed alone and reports it', async () => {
    const team = await interruptedTeam(3, 5);
    await team.orchestrator.close();
    const folder = join(team.workspace, 'output', 'generated', team.result.workflow_id);
    const [missing = { path: '', content: '' }] = teamReplyFiles({ taskType: 'implementation' });
    rmSync(join(folder, missing.path));
    writeFileSync(join(folder, '01-requirements_analysis.md'), 'My own words.\n');
    const orchestrator = another(team);
    await orchestrator.resumeRun(team.result.workflow_id);
    expect(readFileSync(join(folder, missing.path), 'utf8')).toBe(missing.content);
    expect(readFileSync(join(folder, '01-requirements_analysis.md'), 'utf8')).toBe('My own words.\n');
    const { edits } = await orchestrator.loadRun(team.result.workflow_id);
    expect(edits.map(({ path }) => path)).toEqual(['01-requirements_analysis.md']);
    const summary = readFileSync(join(team.workspace, 'output', `workflow_summary_${team.result.workflow_id}.md`), 'utf8');
    expect(summary).toContain('`01-requirements_analysis.md` was found changed');
  });

  it('refuses while another owner is at it, naming its process, and a run that has nothing to go on with', async () => {
    const team = await interruptedTeam(1, 5, 'analysis');
    const run = team.result.workflow_id;
    const owner = { host: 'elsewhere', pid: 4711, nonce: 'x' };
    const lease = await team.orchestrator.store.acquireLease({ stream: `run:${run}`, owner, milliseconds: 3_600_000 });
    await expect(team.orchestrator.resumeRun(run)).rejects.toMatchObject({
      code: 'lease.held',
      message: expect.stringMatching(/4711.*elsewhere|elsewhere.*4711/) as string,
    });
    await team.orchestrator.store.releaseLease(lease);
    await team.orchestrator.resumeRun(run);
    await expect(team.orchestrator.resumeRun(run)).rejects.toMatchObject({ code: 'run.complete' });
    await expect(team.orchestrator.resumeRun('20200101-000000000-aaaa')).rejects.toMatchObject({ code: 'run.not_found' });
  });

  it('an owner that slept while another took over cannot write any more', async () => {
    const team = await teamOnFake({ settings: oneAtATime, server: { pace: 'manual' } });
    const running = team.engine.executeWorkflow('analysis', requirement);
    const outcome = running.catch((error: unknown) => error);
    await team.server.waitForRequest(0);
    const run = eventsOfType(team.events, 'run.started')[0]?.data.run ?? '';
    await team.orchestrator.store.acquireLease({
      stream: `run:${run}`,
      owner: { host: 'x', pid: 1, nonce: 'new' },
      milliseconds: 60_000,
      isGone: () => true,
    });
    team.server.gate.open();
    expect(await outcome).toMatchObject({ code: 'run.taken_over' });
    const types: string[] = [];
    for await (const { type } of team.orchestrator.store.read(`run:${run}`)) types.push(type);
    expect(types).not.toContain('run.finished');
  });

  it('a run that is cancelled by a signal from elsewhere ends as cancelled, and can go on when a person says so', async () => {
    const team = await teamOnFake({ settings: oneAtATime, server: { pace: 'manual' } });
    const running = team.engine.executeWorkflow('analysis', requirement);
    await team.server.waitForRequest(0);
    team.server.gate.release(10);
    await team.server.gate.waiting(1);
    const run = eventsOfType(team.events, 'run.started')[0]?.data.run ?? '';
    await team.orchestrator.store.sendSignal({ stream: `run:${run}`, type: 'cancel', from: 'person' });
    const result = await running;
    expect(result.status).toBe('cancelled');
    expect(result.tasks['requirements_gathering']?.status).toBe('cancelled');
    team.server.gate.open();
    expect((await team.orchestrator.resumeRun(run)).status).toBe('completed');
  });

  it('a request to cancel counts for whoever works on the run when it is sent, whatever the clocks say', async () => {
    const { server, workspace, result } = await interruptedTeam(1, 10);
    const run = result.workflow_id;
    const orchestrator = another({ workspace, server });
    const cancelAt = async (time: number) => {
      const store = SqliteEventStore.open({
        path: join(workspace, '.multiagent', 'state.db'),
        clock: { ...instantClock(), now: () => time },
      });
      await store.sendSignal({ stream: `run:${run}`, type: 'cancel', from: 'person' });
      await store.close();
    };
    await cancelAt(Date.UTC(2100));
    server.gate.close();
    const requests = server.requests.length;
    const running = orchestrator.resumeRun(run);
    await server.waitForRequest(requests);
    server.gate.release(5);
    await server.gate.waiting(1);
    await cancelAt(1);
    const { status, tasks } = await running;
    server.gate.open();
    expect(status).toBe('cancelled');
    // The earlier request had not stopped it before it wrote.
    expect(tasks['architecture_design']?.status).toBe('cancelled');
    expect(server.requests.length).toBe(requests + 1);
  });
});

describe('retry, rerun and refine', () => {
  it('retry does the failed task and what was skipped because of it, and nothing else', async () => {
    let broken = true;
    const team = await teamOnFake({
      settings: oneAtATime,
      server: { reply: (request) => (broken && request.taskType === 'testing' ? 'No files.' : replies(request)) },
    });
    const failed = await team.engine.executeWorkflow('feature_development', requirement);
    expect(failed.tasks['documentation']?.status).toBe('skipped');
    broken = false;
    const before = team.server.requests.length;
    const result = await team.orchestrator.retryRun(failed.workflow_id);
    expect(result).toMatchObject({ status: 'completed', workflow_id: failed.workflow_id, error: null });
    expect(team.server.requests.slice(before).map(({ taskType }) => taskType)).toEqual(['testing', 'documentation']);
  });

  it('retry of a named task does it again with all that rests on it', async () => {
    const team = await teamOnFake({ settings: oneAtATime });
    const first = await team.engine.executeWorkflow('bug_fix', requirement);
    const before = team.server.requests.length;
    const result = await team.orchestrator.retryRun(first.workflow_id, { task: 'regression_testing' });
    expect(result.status).toBe('completed');
    expect(team.server.requests.slice(before).map(({ taskType }) => taskType)).toEqual(['regression_testing', 'release_notes']);
    await expect(team.orchestrator.retryRun(first.workflow_id)).rejects.toMatchObject({ code: 'run.nothing_failed' });
    await expect(team.orchestrator.retryRun(first.workflow_id, { task: 'x' })).rejects.toMatchObject({ code: 'run.unknown_task' });
  });

  it('rerun begins a new run that takes over what does not rest on the task, with its files', async () => {
    const team = await teamOnFake({ settings: oneAtATime });
    const first = await team.engine.executeWorkflow('feature_development', requirement);
    const before = team.server.requests.length;
    const result = await team.orchestrator.rerunFrom(first.workflow_id, { from: 'testing' });
    expect(result.status).toBe('completed');
    expect(result.workflow_id).not.toBe(first.workflow_id);
    expect(team.server.requests.slice(before).map(({ taskType }) => taskType)).toEqual(['testing', 'documentation']);
    const [file = { path: 'none' }] = teamReplyFiles({ taskType: 'implementation' });
    expect(existsSync(join(team.workspace, 'output', 'generated', result.workflow_id, file.path))).toBe(true);
  });

  it('a run that builds on another says so in its summary, and counts none of its work as its own', async () => {
    const team = await teamOnFake({ settings: oneAtATime, server: { reply: replies } });
    const first = await team.engine.executeWorkflow('bug_fix', requirement);
    const result = await team.orchestrator.rerunFrom(first.workflow_id, { from: 'release_notes' });
    const summary = readFileSync(join(team.workspace, 'output', `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toContain(`- Builds on: \`${first.workflow_id}\` (rerun)`);
    expect(summary.match(/- Status: .*/g)).toEqual([
      '- Status: **completed**',
      ...Array.from({ length: 3 }, () => `- Status: taken over from \`${first.workflow_id}\``),
      expect.stringMatching(/^- Status: completed after /) as string,
    ]);
    expect(summary).not.toContain('unknown');
    expect(summary.match(/^\| (all by )?\w+ \|/gm)).toEqual(['| release_notes |', '| all by technical_writer |']);
  });

  it('refine inherits every turn, so that only the change is read', async () => {
    const team = await teamOnFake({
      settings: oneAtATime,
      server: {
        reply: (request) =>
          request.taskType?.startsWith('refinement') ? `\`\`\`text:NOTES.txt\nchanged by ${request.taskType}\n\`\`\`\n` : replies(request),
      },
    });
    const first = await team.engine.executeWorkflow('documentation', requirement);
    const last = messagesOf(team.server.requests.at(-1));
    const result = await team.orchestrator.refineRun(first.workflow_id, { request: 'Also explain backups.', followedBy: ['testing'] });

    expect(result.status).toBe('completed');
    const [change, tests] = team.server.requests.slice(-2);
    expect(messagesOf(change).slice(0, last.length)).toEqual(last);
    expect(messagesOf(change).at(-1)?.content).toContain('Also explain backups.');
    expect(tests?.taskType).toBe('refinement_testing');
    const { readTokens, newTokens } = team.server.accounting().totals;
    expect(readTokens / newTokens).toBeLessThanOrEqual(1.02);
    expect(readdirSync(join(team.workspace, 'output', 'generated', result.workflow_id))).toContain('NOTES.txt');

    const again = await team.orchestrator.refineRun(result.workflow_id, { request: 'And restoring.' });
    expect(again.tasks['refinement_2']?.status).toBe('completed');
  });
});
