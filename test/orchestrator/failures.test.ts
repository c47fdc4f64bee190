import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replyAsTeam } from '../support/team-replies.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const requirement = 'Build a bookmark manager.';
const oneAtATime = { max_concurrent_agents: 1 };
const replies = replyAsTeam();

describe('when things go wrong', () => {
  it('a failed step skips those that need it and only them, and the run says that it failed', async () => {
    const { engine } = await teamOnFake({
      settings: oneAtATime,
      server: { reply: (request) => (request.taskType === 'testing' ? { text: '' } : replies(request)) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    const statuses = Object.fromEntries(Object.values(result.tasks).map(({ task_id, status }) => [task_id, status]));
    expect(result).toMatchObject({ status: 'failed', workflow_completed: false });
    expect(statuses).toEqual({
      requirements_analysis: 'completed',
      architecture_design: 'completed',
      implementation: 'completed',
      testing: 'failed',
      deployment: 'completed',
      documentation: 'skipped',
    });
    expect(result.error).toMatch(/^testing: /);
  });

  it('a reply without the files that were asked for gets one corrective turn that quotes no example, and only its reply enters later transcripts', async () => {
    const { engine, server, events } = await teamOnFake({
      settings: oneAtATime,
      server: {
        reply: (request) => {
          const last = (request.body['messages'] as { content: string }[]).at(-1)?.content ?? '';
          if (last.includes('contained no file')) return '```python:src/a.py\nx = 1\n```\n';
          return request.taskType === 'implementation' ? 'I would write a program.' : replies(request);
        },
      },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    expect(result.tasks['implementation']).toMatchObject({ status: 'completed', result: { files_created: [{ path: 'src/a.py' }] } });
    const corrective = server.requests
      .map(({ body }) => (body['messages'] as { content: string }[]).at(-1)?.content ?? '')
      .filter((text) => text.includes('contained no file'));
    expect(corrective).toHaveLength(1);
    expect(corrective[0]).not.toContain('```');
    expect(eventsOfType(events, 'task.completed').find(({ data }) => data.task === 'implementation')?.data.turn).toEqual([
      { role: 'user', activity: 'implementation/1' },
      { role: 'assistant', activity: 'implementation/2' },
    ]);
    const later = ((server.requests.at(-1)?.body['messages'] ?? []) as { content: string }[]).map(({ content }) => content).join('\n');
    expect(later).not.toContain('I would write a program.');
  });

  it('two replies without files fail the step, with both kept in the journal', async () => {
    const { engine, events } = await teamOnFake({
      settings: oneAtATime,
      server: { reply: (request) => (request.step === 1 ? replies(request) : 'No files, sorry.') },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    expect(result.tasks['documentation_creation']?.error).toMatch(
      /did not manage documentation_creation in two replies: no file was given/,
    );
    expect(completedReplies(events).filter(({ data }) => data.text === 'No files, sorry.')).toHaveLength(2);
  });

  it('a broken connection goes on from the text that arrived, and nothing is generated twice', async () => {
    const { engine, server, events } = await teamOnFake({
      settings: oneAtATime,
      server: { faults: [{ when: 1, fault: { kind: 'break', afterChunks: 20 } }] },
    });
    const result = await engine.executeWorkflow('analysis', requirement);
    expect(result.status).toBe('completed');
    const again = server.requests[2];
    expect(again?.prefill).not.toBe('');
    const deltas = eventsOfType(events, 'reply.delta').filter(({ data }) => data.activity === 'technical_feasibility/1');
    const whole = completedReplies(events).find(({ data }) => data.activity === 'technical_feasibility/1');
    expect(deltas.map(({ data }) => data.text).join('')).toBe(whole?.data.text);
  });

  it('a step whose calls all failed waits 2, 4, 8 s and goes on, as often as task_retry_attempts says', async () => {
    const { engine, events } = await teamOnFake({
      settings: { ...oneAtATime, llm_max_retries: 0, task_retry_attempts: 2 },
      server: { faults: [0, 1].map((when) => ({ when, fault: { kind: 'status', status: 503 } as const })) },
    });
    const result = await engine.executeWorkflow('analysis', requirement);
    expect(result.status).toBe('completed');
    expect(result.tasks['requirements_gathering']?.attempts).toBe(3);
    const waits = eventsOfType(events, 'task.waiting').map(({ data, time }) => Math.round(((data.until ?? 0) - time) / 1000));
    expect(waits).toEqual([2, 4]);
  });

  it.each([
    { calls: 0, tasks: 0, asked: 1 },
    { calls: 2, tasks: 0, asked: 3 },
    { calls: 0, tasks: 2, asked: 3 },
    { calls: 3, tasks: 3, asked: 7 },
    { calls: 1, tasks: 2, asked: 4 },
  ])(
    '$calls retries of a call and $tasks of a task ask a server that fails $asked times: they do not multiply',
    async ({ calls, tasks, asked }) => {
      const { engine, server, events } = await teamOnFake({
        settings: { ...oneAtATime, llm_max_retries: calls, task_retry_attempts: tasks },
        server: { faults: Array.from({ length: 30 }, (_, when) => ({ when, fault: { kind: 'status', status: 503 } as const })) },
      });
      const result = await engine.executeWorkflow('analysis', requirement);
      expect(result.status).toBe('failed');
      expect(server.requests).toHaveLength(asked);
      const [failed] = eventsOfType(events, 'task.failed');
      const said = /(\d+) tries in a row have failed\.$/.exec(failed?.data.error.message ?? '')?.[1];
      expect(said).toBe(asked === 1 ? undefined : String(asked));
    },
  );

  it('a call that succeeds gives the next one all its retries', async () => {
    const fails = (when: number) => ({ when, fault: { kind: 'status', status: 503 } as const });
    const { engine, server } = await teamOnFake({
      settings: { ...oneAtATime, llm_max_retries: 2, task_retry_attempts: 0 },
      server: { faults: [0, 1, 3, 4].map(fails) },
    });
    expect((await engine.executeWorkflow('analysis', requirement)).status).toBe('completed');
    expect(server.requests.length).toBeGreaterThan(5);
  });

  it('a server that is gone fails the run with a clear message, and what was finished is on the disk', async () => {
    const { engine, server, orchestrator } = await teamOnFake({ settings: { ...oneAtATime, llm_max_retries: 0, task_retry_attempts: 0 } });
    const running = engine.executeWorkflow('analysis', requirement);
    await server.waitForEnd(1);
    await server.kill();
    const result = await running;
    expect(result.status).toBe('failed');
    expect(result.error).toMatch(/model server at .* (cannot be reached|broke)/);
    expect(readdirSync(join(orchestrator.outputFolder, 'generated', result.workflow_id))).toContain('01-requirements_gathering.md');
  });

  it('stopping a run keeps what arrived and leaves it as interrupted', async () => {
    const stop = new AbortController();
    const { engine, server, events } = await teamOnFake({ settings: oneAtATime, server: { pace: 'manual' } });
    const running = engine.executeWorkflow('analysis', requirement, {}, { signal: stop.signal });
    await server.waitForRequest(0);
    server.gate.release(5);
    await server.gate.waiting(1);
    stop.abort(new Error('enough'));
    const result = await running;
    expect(result.status).toBe('interrupted');
    expect(result.tasks['requirements_gathering']?.status).toBe('waiting');
    expect(
      eventsOfType(events, 'reply.delta')
        .map(({ data }) => data.text)
        .join(''),
    ).not.toBe('');
    await server.waitUntil(() => server.requests[0]?.outcome === 'aborted');
  });

  it('a reply that reaches the cap a person set is never taken for whole: its closed files stay, the step fails', async () => {
    const { engine, orchestrator } = await teamOnFake({
      settings: { ...oneAtATime, llm_max_tokens: 40 },
      server: {
        reply: (request) =>
          request.taskType === 'documentation_creation'
            ? `\`\`\`text:a.txt\nwhole\n\`\`\`\n\n\`\`\`text:b.txt\n${'word '.repeat(200)}\n\`\`\`\n`
            : 'Short.',
      },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    expect(result.tasks['documentation_creation']).toMatchObject({ status: 'failed' });
    expect(result.tasks['documentation_creation']?.error).toMatch(/limit of tokens/);
    const files = readdirSync(join(orchestrator.outputFolder, 'generated', result.workflow_id));
    expect(files).toContain('a.txt');
    expect(files).not.toContain('b.txt');
  });

  it('what does not fit is cut once: the digest stands in every later transcript, and the cut is an event and in the summary', async () => {
    const { engine, server, events, orchestrator } = await teamOnFake({
      settings: oneAtATime,
      server: { contextTokens: 8192, reply: replyAsTeam({ tokens: 1500 }) },
    });
    const result = await engine.executeWorkflow('feature_development', requirement);
    const cuts = eventsOfType(events, 'transcript.cut');
    expect(cuts.length).toBeGreaterThan(0);
    expect(result.error).toBe(null);
    expect(server.requests.every(({ outcome }) => outcome !== 'overflow')).toBe(true);
    const first = cuts[0]?.data.cuts[0];
    const last = ((server.requests.at(-1)?.body['messages'] ?? []) as { content: string }[]).map(({ content }) => content);
    expect(last).toContain(first?.digest);
    expect(readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8')).toContain(
      'Shortened for all later tasks',
    );
  });

  it('a requirement that cannot fit fails with both numbers and the mend, not with an invented answer', async () => {
    const { engine, server, orchestrator } = await teamOnFake({ settings: oneAtATime, server: { contextTokens: 1024 } });
    const result = await engine.executeWorkflow('analysis', 'word '.repeat(3000));
    expect(result.status).toBe('failed');
    expect(result.tasks['requirements_gathering']?.error).toMatch(/take \d+ tokens, and the model's context has 1024/);
    const summary = readFileSync(join(orchestrator.outputFolder, `workflow_summary_${result.workflow_id}.md`), 'utf8');
    expect(summary).toMatch(/- Error: The requirement .*\n- What to do: .*shorten/);
    expect(summary).toMatch(/\n- No model was asked\.\n[^|]*$/);
    expect(server.requests).toEqual([]);
  });

  it('a task that takes longer than task_timeout fails, and what arrived is kept', async () => {
    const { engine, events } = await teamOnFake({ settings: { ...oneAtATime, task_timeout: 0.2 }, server: { pace: 'manual' } });
    const result = await engine.executeWorkflow('analysis', requirement);
    expect(result.tasks['requirements_gathering']?.error).toMatch(/longer than task_timeout allows/);
    expect(eventsOfType(events, 'task.failed')[0]?.data.error.code).toBe('task.timeout');
  });

  it('paths that lead out of the run folder are refused with the reason, and the rest of the reply is written', async () => {
    const { engine, orchestrator } = await teamOnFake({
      settings: oneAtATime,
      server: {
        reply: (request) => (request.step === 1 ? 'What is needed.' : '```text:../../evil.txt\nx\n```\n\n```text:good.txt\ny\n```\n'),
      },
    });
    const result = await engine.executeWorkflow('documentation', requirement);
    const created = result.tasks['documentation_creation']?.result;
    expect(created?.files_created.map(({ path }) => path)).toEqual(['good.txt']);
    expect(created?.files_refused[0]?.name).toContain('evil.txt');
    expect(readdirSync(orchestrator.workspace).sort()).toEqual(['.multiagent', 'output']);
  });

  it.each([
    ['an empty requirement', 'analysis', ' \n', {}, 'requirement.empty'],
    ['an unknown workflow', 'analysys', requirement, {}, 'workflow.unknown'],
    ['a role that is switched off', 'analysis', requirement, { agents: { devops_engineer: { enabled: false } } }, 'workflow.role_missing'],
  ])('%s is refused before anything begins', async (_, workflow, text, settings, code) => {
    const { engine, server, events } = await teamOnFake({ settings });
    await expect(engine.executeWorkflow(workflow, text)).rejects.toMatchObject({ code });
    expect(server.calls).toEqual([]);
    expect(events).toEqual([]);
  });
});
