import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainView } from '../../src/cli/views/plain/plain-view.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { instantClock } from '../support/instant-clock.ts';
import { completedReplies, eventsOfType, teamOnFake } from '../support/team-on-fake.ts';
import { replyAsTeam } from '../support/team-replies.ts';

const step = 'requirements_gathering';
const item = (n: number) => `- **Example ${n}**: Given "x${n}", the program answers "y${n}".\n`;
const beginning = '# Analysis\n\n';
const runaway = beginning + Array.from({ length: 300 }, (_, n) => item(n + 1)).join('');
const kept = beginning + item(1) + item(2);
const whole = `${kept}\nThese are the cases, and there are no others that matter here.\n`;
const settings = { max_concurrent_agents: 1 };
const team = replyAsTeam();

/** The first step runs away, and behaves once it was cut back. */
function reply(request: RequestRecord): string {
  if (request.taskType !== step) return team(request);
  return request.prefill !== undefined && whole.startsWith(request.prefill) && request.prefill.length >= kept.length ? whole : runaway;
}

describe('a step whose reply runs away', () => {
  it('goes on with other sampling, completes, and says what was cut', async () => {
    const { engine, server, events, workspace } = await teamOnFake({ server: { reply }, settings });
    const result = await engine.executeWorkflow('analysis', 'Build a converter.');
    expect(result.status).toBe('completed');
    const [cut] = eventsOfType(events, 'reply.cut');
    expect(cut?.data).toMatchObject({ activity: `${step}/1`, at: kept.length, why: 'counting' });
    const [completed] = completedReplies(events);
    expect(completed?.data).toMatchObject({ text: whole, finishReason: 'stop' });
    await server.waitForEnd(0);
    expect(server.requests[0]?.outcome).toBe('aborted');
    const said = `cut back ${cut?.data.removed} characters where the reply began to repeat itself`;
    const shown: string[] = [];
    const view = plainView({ write: (text) => shown.push(text), detail: 'normal' });
    for (const event of events) view.event(event);
    expect(shown.join('')).toContain(said);
    expect(readFileSync(join(workspace, 'output', `workflow_summary_${result.workflow_id}.md`), 'utf8')).toContain(said);
  });

  it('takes a text as it stands where it never finds its way', async () => {
    const always = (request: RequestRecord) => (request.taskType === step ? runaway : team(request));
    const { engine, events } = await teamOnFake({ server: { reply: always }, settings });
    const result = await engine.executeWorkflow('analysis', 'Build a converter.');
    expect(result.status).toBe('completed');
    expect(completedReplies(events)[0]?.data).toMatchObject({ text: kept, finishReason: 'repetition' });
  });

  it.each([
    ['before it was cut', 0, 60],
    ['after it was cut', 1, 4],
  ])('has the same text when the run was killed %s', async (_, request, tokens) => {
    const stop = new AbortController();
    const first = await teamOnFake({ server: { reply, pace: 'manual' }, settings });
    const running = first.engine.executeWorkflow('analysis', 'Build a converter.', {}, { signal: stop.signal });
    if (request > 0) {
      await first.server.waitForRequest(0);
      first.server.gate.open();
      await first.server.waitForEnd(0);
      first.server.gate.close();
    }
    await first.server.waitForRequest(request);
    first.server.gate.release(tokens);
    await first.server.gate.waiting(1);
    stop.abort(new Error('killed'));
    const { workflow_id: run } = await running;
    first.server.gate.open();
    await first.orchestrator.close();

    const { workspace } = first;
    const config = { workspace, output_directory: `${workspace}/output`, llm_base_url: first.server.address };
    const orchestrator = new AgentOrchestrator({ workspace, clock: instantClock(), config });
    onTestFinished(() => orchestrator.close());
    const result = await orchestrator.resumeRun(run);
    expect(result.status).toBe('completed');
    const texts: string[] = [];
    const cuts: number[] = [];
    for await (const { type, data } of orchestrator.store.read(`run:${run}`)) {
      if (type === 'activity.completed' && data.kind === 'reply' && data.activity === `${step}/1`) texts.push(data.text);
      if (type === 'reply.cut') cuts.push(data.at);
    }
    expect(texts).toEqual([whole]);
    expect(cuts).toEqual([kept.length]);
  });
});
