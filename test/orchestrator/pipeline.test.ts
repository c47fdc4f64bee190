import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templateNames } from '../../src/workflows/shipped-workflows.ts';
import { eventsOfType, startedReplies, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam, teamReplyFiles, type TeamTaskType } from '../support/team-replies.ts';

const requirement = 'Build a bookmark manager.';
const oneAtATime = { max_concurrent_agents: 1 };

describe('a run on a llama-server', () => {
  it.each(templateNames)('%s completes, and what each reply held lands on the disk byte for byte', async (workflow) => {
    const { engine, orchestrator } = await teamOnFake({ settings: oneAtATime });
    const result = await engine.executeWorkflow(workflow, requirement);

    expect(result).toMatchObject({ status: 'completed', workflow_completed: true, error: null });
    const folder = join(orchestrator.outputFolder, 'generated', result.workflow_id);
    const { steps } = engine.getWorkflowTemplate(workflow);
    const standing = new Map<string, string>();
    for (const { task_type: taskType } of steps)
      for (const { path, content } of teamReplyFiles({ taskType: taskType as TeamTaskType })) standing.set(path, content);
    expect(standing.size).toBeGreaterThanOrEqual(steps.filter(({ expects }) => expects === 'files').length > 0 ? 1 : 0);
    for (const [path, content] of standing) expect(readFileSync(join(folder, path), 'utf8')).toBe(content);
    const texts = steps.flatMap((step, index) =>
      step.expects === 'text' ? [`${String(index + 1).padStart(2, '0')}-${String(step['task_type'])}.md`] : [],
    );
    expect(texts.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(readlinkSync(join(orchestrator.outputFolder, 'generated', 'latest'))).toBe(result.workflow_id);
    expect(JSON.parse(readFileSync(join(orchestrator.outputFolder, `workflow_${workflow}_${result.workflow_id}.json`), 'utf8'))).toEqual(
      result,
    );
    expect(readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8')).toContain('**completed**');
  });

  it.each(templateNames)('%s on one slot, one task at a time, reads every token once', async (workflow) => {
    const { engine, server, events } = await teamOnFake({ settings: oneAtATime });
    await engine.executeWorkflow(workflow, requirement);
    const { readTokens, newTokens } = server.accounting().totals;
    expect(newTokens).toBeGreaterThan(500);
    expect(readTokens / newTokens).toBeLessThanOrEqual(1.02);
    expect(eventsOfType(events, 'run.started')[0]?.data.transcript.turns).toBe('linear');
  });

  it('runs steps that do not need each other at the same time where there are slots, each seeing its ancestors only', async () => {
    const both = Promise.withResolvers<void>();
    const replies = replyAsTeam();
    const waiting = new Set<string>();
    const { engine, server, events } = await teamOnFake({
      settings: { max_concurrent_agents: 2 },
      server: {
        slots: 2,
        contextTokens: 65_536,
        // Neither branch gets its reply before the other has asked.
        reply: async (request) => {
          if (request.taskType === 'testing' || request.taskType === 'deployment') {
            if (waiting.add(request.taskType).size === 2) both.resolve();
            await both.promise;
          }
          return replies(request);
        },
      },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);

    expect(result.status).toBe('completed');
    expect(server.accounting().totals.mostAtOnce).toBe(2);
    expect(eventsOfType(events, 'run.started')[0]?.data.transcript.turns).toBe('graph');
    const turnsOf = (task: string) => startedReplies(events).find(({ data }) => data.task === task)?.data.turns;
    expect(turnsOf('deployment')).toEqual(['requirements_analysis', 'architecture_design', 'implementation']);
    expect(turnsOf('documentation')).toEqual(['requirements_analysis', 'architecture_design', 'implementation', 'testing', 'deployment']);
  });

  it('never asks for more at once than the server has slots, whatever the settings allow', async () => {
    const { engine, server } = await teamOnFake({ settings: { max_concurrent_agents: 5 } });
    await engine.executeWorkflow('analysis', requirement);
    expect(server.accounting().totals.mostAtOnce).toBe(1);
    expect(server.requests.every(({ outcome }) => outcome === 'finished')).toBe(true);
  });

  it('puts the requirement and the project files before the first turn, and the steps behind them', async () => {
    const { engine, server } = await teamOnFake({ settings: oneAtATime });
    await engine.executeWorkflow('analysis', requirement, { files: [{ path: 'src/a.py', content: 'x = 1\n' }] });
    const texts = server.requests.map(({ body }) => (body['messages'] as { content: string }[]).map(({ content }) => content));
    expect(texts[0]?.[1]).toMatch(
      /^# Requirement\n\nBuild a bookmark manager\.\n\n# Project files\n\n```src\/a\.py\nx = 1\n```\n\n# Step 1 of 4: requirements_gathering\n\nYou act as the Business Analyst\./,
    );
    for (const [index, earlier] of texts.slice(0, -1).entries()) expect(texts[index + 1]?.slice(0, earlier.length)).toEqual(earlier);
  });

  it('hands over what was delivered, by name, to those who wait for it', async () => {
    const { engine, events, orchestrator } = await teamOnFake({ settings: oneAtATime });
    await engine.executeWorkflow('documentation', requirement);
    const handOvers = eventsOfType(events, 'message.sent').map(({ data }) => [
      data.from,
      data.to,
      data.content['task'],
      data.content['for'],
    ]);
    expect(handOvers).toEqual([
      ['ba_001', 'writer_001', 'documentation_requirements', 'documentation_creation'],
      ['writer_001', 'dev_001', 'documentation_creation', 'technical_review'],
    ]);
    expect(orchestrator.getAgentById('dev_001').messages).toHaveLength(1);
  });

  it('sends no messages where the message bus is switched off', async () => {
    const { engine, events } = await teamOnFake({ settings: { ...oneAtATime, enable_message_bus: false } });
    await engine.executeWorkflow('documentation', requirement);
    expect(eventsOfType(events, 'message.sent')).toEqual([]);
  });

  it('sees the role in the system message, and only there, in the per-role layout', async () => {
    const { engine, server } = await teamOnFake({ settings: { ...oneAtATime, prompt_layout: 'per_role' } });
    await engine.executeWorkflow('analysis', requirement);
    const [system, user] = (server.requests[1]?.body['messages'] ?? []) as { content: string }[];
    expect(system?.content).toContain('You act as the Developer.');
    expect(user?.content).not.toContain('You act as');
  });

  it('reports usage as the server told it, and agents as what they did', async () => {
    const { engine, server, orchestrator } = await teamOnFake({ settings: oneAtATime });
    const result = await engine.executeWorkflow('analysis', requirement);
    const { readTokens, cacheTokens, replyTokens } = server.accounting().totals;
    expect(result.usage).toMatchObject({ readTokens, cachedTokens: cacheTokens, replyTokens });
    expect(orchestrator.getSystemStatus()).toMatchObject({
      totalAgents: 5,
      totalTasksCompleted: 4,
      agents: { ba_001: { status: 'completed', completedTasks: 2 } },
    });
  });

  it('works on a server that tells nothing of itself', async () => {
    const { engine, server } = await teamOnFake({ server: { missingPaths: ['/props', '/slots', '/health'], countsTokens: 'no' } });
    const result = await engine.executeWorkflow('analysis', requirement);
    expect(result.status).toBe('completed');
    expect(server.requests.some(({ body }) => 'return_progress' in body)).toBe(false);
  });
});
